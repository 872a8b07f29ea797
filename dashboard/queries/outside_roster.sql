-- One row per unit outside the campaign's roster whose values are kept: departments, firms, other places.
select distinct f.campaign_id, f.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind
from current_fact as f
inner join unit as u using (unit_id)
where f.campaign_id = $campaign_id
    and f.unit_id not in (select unit_id from roster where campaign_id = $campaign_id)
order by f.unit_id
