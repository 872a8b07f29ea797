-- One row per duty and due date of a campaign, in order of time, with the states of the units as known at a moment.
select
    d.duty_id, d.due_no, d.kind, d.period, d.period_key, d.due_on, d.due_at, d.due_time is not null as has_hour, d.owed_by,
    d.is_report, d.basis, d.label_zh, d.label_en, d.short_zh, d.short_en, d.quote, d.note_zh, d.note_en,
    coalesce(n.n_met, 0) as n_met, coalesce(n.n_late, 0) as n_late, coalesce(n.n_soft, 0) as n_soft,
    coalesce(n.n_missing, 0) as n_missing, coalesce(n.n_not_due, 0) as n_not_due,
    coalesce(n.n_no_evidence, 0) as n_no_evidence, coalesce(n.n_asked, 0) as n_asked
from duty as d
left join (
    select
        s.campaign_id, s.duty_id, s.due_no,
        count(*) filter (where s.state = 'met') as n_met,
        count(*) filter (where s.state = 'met_late') as n_late,
        count(*) filter (where s.state = 'soft') as n_soft,
        count(*) filter (where s.state = 'missing') as n_missing,
        count(*) filter (where s.state = 'not_due') as n_not_due,
        count(*) filter (where s.state = 'no_evidence') as n_no_evidence,
        count(*) filter (where s.state <> 'not_applicable') as n_asked
    from duty_status_at($as_of::timestamp) as s
    inner join unit as u using (unit_id)
    where $scope = '' or s.owed_by = 'office' or in_scope($scope, u.unit_id, u.kind)
    group by all
) as n using (campaign_id, duty_id, due_no)
where d.campaign_id = $campaign_id
order by d.due_at, d.position, d.due_no
