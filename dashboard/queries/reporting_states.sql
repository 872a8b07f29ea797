-- One row per unit, duty and due date, as known at a moment; units in administrative order, the office's own duties last.
select
    s.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind as unit_kind, s.duty_id, s.due_no, s.kind,
    s.period, s.period_key, s.due_at, s.owed_by, s.is_report, s.met_at, s.state, s.is_over_limit, s.amount, s.evidence
from duty_status_at($as_of::timestamp) as s
inner join unit as u using (unit_id)
left join roster as r on r.campaign_id = s.campaign_id and r.unit_id = s.unit_id
where s.campaign_id = $campaign_id
    and ($scope = '' or s.owed_by = 'office' or in_scope($scope, u.unit_id, u.kind))
order by s.owed_by desc, r.position, s.position, s.due_no
