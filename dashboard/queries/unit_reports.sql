-- One row per unit expected, in administrative order: did it report, how full is its table.
select
    p.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind, p.state, p.source_name,
    p.report_date, p.received_at, p.due_on, p.days_late, p.n_blanks, p.n_reported, p.n_zero, p.n_not_applicable,
    p.n_not_filled, p.n_withheld, p.n_not_asked, p.n_errors, p.n_warnings
from unit_report as p
inner join unit as u using (unit_id)
left join roster as r on p.campaign_id = r.campaign_id and p.unit_id = r.unit_id
where p.campaign_id = $campaign_id
order by coalesce(r.position, u.position)
