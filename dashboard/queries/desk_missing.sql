-- One row per unit of the campaign that has not reported, in administrative order.
select r.unit_id, u.name as name_zh, u.name_en, f.title_zh as form_zh, f.title_en as form_en
from roster as r
inner join campaign as c using (campaign_id)
inner join form as f on c.form_id = f.form_id
inner join unit as u using (unit_id)
left join unit_report as p on p.campaign_id = r.campaign_id and p.unit_id = r.unit_id
where r.campaign_id = $campaign_id and coalesce(p.state, 'not_reported') = 'not_reported'
order by r.position
