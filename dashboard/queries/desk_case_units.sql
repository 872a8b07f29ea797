-- One row per campaign and unit that owes a typical case each month, in administrative order.
select distinct c.campaign_id, r.unit_id, u.name as name_zh, u.name_en, c.year, r.position
from duty_status as d
inner join campaign as c using (campaign_id)
inner join roster as r on r.campaign_id = d.campaign_id and r.unit_id = d.unit_id
inner join unit as u on r.unit_id = u.unit_id
where d.kind = 'case_exposed' and d.state <> 'not_applicable'
order by c.campaign_id, r.position
