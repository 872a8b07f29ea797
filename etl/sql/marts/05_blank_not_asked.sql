-- A table of several units that has no place for a blank did not ask these units for it; a single unit's own file left it out.
-- What a decision put into such a blank makes it no column of the table's. Counted out only where some place is missing.
insert into blank_not_asked
select submission_id, indicator_id
from fact
semi join (select submission_id, indicator_id from fact where state = 'row_missing') using (submission_id, indicator_id)
where unit_id is not null and decision_id is null
group by submission_id, indicator_id
having count(distinct unit_id) > 1
    and bool_or(state = 'row_missing') and bool_and(state = 'row_missing' or state = 'not_reported');
