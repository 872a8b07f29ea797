-- One row per unit expected and dimension of data quality, units in administrative order ($scope '' means all).
select
    q.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, q.dimension, q.n_good, q.n_all, q.is_whole_doubted,
    coalesce(p.state = 'reported', true) as has_reported
from quality_score as q
inner join unit as u using (unit_id)
inner join roster as r on r.campaign_id = q.campaign_id and r.unit_id = q.unit_id
left join unit_report as p on p.campaign_id = q.campaign_id and p.unit_id = q.unit_id
where q.campaign_id = $campaign_id and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
order by r.position, q.dimension
