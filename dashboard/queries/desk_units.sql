-- One row per unit on the campaign's roster, in administrative order, with the file that counts for it ('' when none does).
with counted as (
    select f.unit_id, any_value(s.source_name) as source_name, any_value(s.submission_id) as submission_id
    from current_fact as f
    inner join submission as s using (submission_id)
    where f.campaign_id = $campaign_id
    group by f.unit_id
)

select
    r.unit_id, u.name as name_zh, u.name_en, coalesce(c.source_name, '') as counted_name,
    coalesce(c.submission_id, '') as counted_id
from roster as r
inner join unit as u using (unit_id)
left join counted as c on r.unit_id = c.unit_id
where r.campaign_id = $campaign_id
order by r.position
