-- One row: the moment up to which the release's inputs speak.
select as_of from reporting_clock
