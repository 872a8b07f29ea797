-- One row per open finding about a submission as a whole or one of its units, not about a value; errors first, those of a level as they stand in the file.
select level, rule, coalesce(unit_id, '') as unit_id, place, found, coalesce(proposal, '') as proposal, message_zh, message_en
from finding
where submission_id = $submission_id and indicator_id is null and state = 'open'
order by case level when 'error' then 1 when 'warning' then 2 else 3 end, in_document(place), place, finding_id
