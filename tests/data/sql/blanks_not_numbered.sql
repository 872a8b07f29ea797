-- Forms whose blanks are not numbered 1 to N in reading order.
select form_id, min(position), max(position), count(distinct position), count(*) from indicator group by form_id having min(position) <> 1 or max(position) <> count(*) or count(distinct position) <> count(*)
