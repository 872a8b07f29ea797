"""Measurements quoted in notes and docs; each prints its figures and the yardstick of the same run."""
