"""A collected table (Workbook) -> submissions: units, columns, totals."""
