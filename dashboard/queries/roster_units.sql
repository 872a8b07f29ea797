-- One row per campaign and unit expected, in administrative order.
select r.campaign_id, r.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind
from roster as r
inner join unit as u using (unit_id)
order by r.campaign_id, r.position
