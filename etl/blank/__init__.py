"""Forms to send out: the Word form, the collected workbook and its CSV twin, blank or filled, from the catalogue."""
