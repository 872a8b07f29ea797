-- One row per expected unit and month of the monthly-case duty, in administrative order.
select
    d.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, d.period, d.due_at, d.met_at, d.state,
    d.label_zh, d.label_en, d.quote
from duty_status as d
inner join unit as u using (unit_id)
inner join roster as r on r.campaign_id = d.campaign_id and r.unit_id = d.unit_id
where d.campaign_id = $campaign_id and d.kind = 'case_exposed' and d.state <> 'not_applicable'
order by r.position, d.due_at
