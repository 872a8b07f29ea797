"""The case table: what a reader of these forms must survive, as data and as tests."""
