-- One row per unit of the campaign that has not reported, in administrative order.
select r.unit_id, u.short_name as name_zh, u.name_en, c.table_due_on as due_on
from roster as r
inner join campaign as c using (campaign_id)
inner join unit as u using (unit_id)
left join unit_report as p on p.campaign_id = r.campaign_id and p.unit_id = r.unit_id
where r.campaign_id = $campaign_id and coalesce(p.state, 'not_reported') = 'not_reported'
order by r.position
