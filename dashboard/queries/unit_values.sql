-- One row per unit expected, in administrative order: one measure, all activities or one ($activity_id '' means all).
with by_measure as (
    select unit_id, value, state, qualifier, n_reported, n_expected
    from measure_value
    where campaign_id = $campaign_id and measure_id = $measure_id and $activity_id = ''
),

by_activity as (
    select unit_id, value, state, qualifier, n_reported, n_expected
    from measure_activity_value
    where campaign_id = $campaign_id and measure_id = $measure_id and activity_id = $activity_id
),

chosen as (
    from by_measure
    union all
    from by_activity
)

select
    r.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind, r.position, u.lon, u.lat,
    r.population, r.population_note_zh, r.population_note_en, c.value,
    coalesce(c.state, case when p.state = 'not_reported' then 'not_reported' else 'not_asked' end) as state,
    coalesce(c.qualifier, 'exact') as qualifier,
    coalesce(c.n_reported, 0) as n_reported, coalesce(c.n_expected, 0) as n_expected
from roster as r
inner join unit as u using (unit_id)
left join chosen as c using (unit_id)
left join unit_report as p on r.campaign_id = p.campaign_id and r.unit_id = p.unit_id
where
    r.campaign_id = $campaign_id
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
order by r.position
