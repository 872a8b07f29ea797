"""Scans and photographs -> submissions whose every value says how sure the reading is. Optional: requirements-ocr.txt."""
