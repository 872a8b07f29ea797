"""One module a page: filters, queries, charts, caption."""
