-- Current values that were typed but not counted, without a flag that says why.
select * from current_fact where state in ('unreadable', 'unquantified', 'pending', 'see_attachment', 'ditto', 'formula_uncached') and len(flags) = 0
