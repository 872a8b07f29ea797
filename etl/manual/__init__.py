"""Handbooks made from catalogue and schema: the data dictionary, the rules."""
