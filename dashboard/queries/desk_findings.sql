-- One row per open finding about a submission as a whole, one of its units or a column, not about a value; errors first, those of a level as they stand in the file.
select
    x.level, x.rule, coalesce(x.unit_id, '') as unit_id, coalesce(x.indicator_id, '') as indicator_id, x.place, x.found, coalesce(x.proposal, '') as proposal, x.message_zh,
    x.message_en
from finding as x
where
    x.submission_id = $submission_id and x.state = 'open'
    and (x.indicator_id is null or x.rule in ('column_reworded', 'column_decided', 'scale_above'))
order by case x.level when 'error' then 1 when 'warning' then 2 else 3 end, in_document(x.place), x.place, x.finding_id
