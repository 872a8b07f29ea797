-- One row per duty of the units, and one over all reports (duty_id ''): due by the moment, received, received in time; what was
-- received before it was due is counted apart (n_early), so that expected, early, not due, soft and unregistered are all there are.
-- Soft evidence is neither received nor missing, so that expected is always received + missing.
with judged as (
    select
        s.duty_id, s.position, s.unit_id, s.state, s.is_report, s.is_over_limit,
        s.due_at <= $as_of::timestamp and s.state in ('met', 'met_late', 'missing') as is_expected
    from duty_status_at($as_of::timestamp) as s
    inner join unit as u using (unit_id)
    where s.campaign_id = $campaign_id and s.owed_by = 'units'
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
),
grouped as (
    select * from judged
    union all
    select '', 0, unit_id, state, is_report, is_over_limit, is_expected from judged where is_report
)
select
    duty_id,
    count(*) filter (where is_expected) as n_expected,
    count(*) filter (where is_expected and state in ('met', 'met_late')) as n_received,
    count(*) filter (where is_expected and state = 'met') as n_on_time,
    count(*) filter (where not is_expected and state in ('met', 'met_late')) as n_early,
    count(*) filter (where state = 'met_late') as n_late,
    count(*) filter (where state = 'missing') as n_missing,
    count(distinct unit_id) filter (where state = 'missing') as n_missing_units,
    count(*) filter (where state = 'soft') as n_soft,
    count(*) filter (where state = 'no_evidence') as n_no_evidence,
    count(*) filter (where state = 'not_due') as n_not_due,
    count(*) filter (where is_over_limit) as n_over_limit
from grouped
group by duty_id, position
order by position
