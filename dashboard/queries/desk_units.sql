-- One row per unit on the campaign's roster, in administrative order.
select r.unit_id, u.name as name_zh, u.name_en
from roster as r
inner join unit as u using (unit_id)
where r.campaign_id = $campaign_id
order by r.position
