"""The presentation: over a page, above the reports it is made by."""
