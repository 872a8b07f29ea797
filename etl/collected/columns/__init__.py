"""Which blank of the form each column of a collected table is, by its heads."""
