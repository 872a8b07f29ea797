"""Bytes -> Document (prose forms) or Workbook (collected tables), straight over the formats' XML where values hide."""
