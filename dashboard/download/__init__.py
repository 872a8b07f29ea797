"""Files made on a page and put into the reader's hands."""
