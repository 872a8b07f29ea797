"""One statement each, with its words, chart and table: said by a page, a slide and a report alike."""
