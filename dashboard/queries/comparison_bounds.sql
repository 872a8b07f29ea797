-- One row: how many of the values that a measure's comparison rests on, of both years, are approximate or bounds.
with used as (
    select
        d.unit_id, d.indicator_ids, d.base_indicator_ids, n.campaign_id, b.campaign_id as base_campaign_id,
        coalesce(g.base_unit_ids, [d.unit_id]) as base_unit_ids
    from comparison_detail as d
    inner join unit as u using (unit_id)
    inner join campaign as n on n.jurisdiction_id = d.jurisdiction_id and n.year = d.year
    inner join campaign as b on b.jurisdiction_id = d.jurisdiction_id and b.year = d.base_year
    left join unit_bridge as g
        on
            g.jurisdiction_id = d.jurisdiction_id and g.unit_id = d.unit_id
            and g.changed_on > b.starts_on and g.changed_on <= n.starts_on
    where
        d.jurisdiction_id = $jurisdiction_id
        and d.measure_id = $measure_id
        and d.year = $year
        and d.base_year = $base_year
        and ($activity_id = '' or d.activity_id = $activity_id)
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
),

base_units as (
    select base_campaign_id as campaign_id, base_indicator_ids, unnest(base_unit_ids) as unit_id from used
),

blanks as (
    select campaign_id, unit_id, unnest(indicator_ids) as indicator_id from used
    union
    select campaign_id, unit_id, unnest(base_indicator_ids) as indicator_id from base_units
)

select
    (count(*) filter (f.qualifier in ('approx', 'range')))::integer as n_approx,
    (count(*) filter (f.qualifier = 'at_least'))::integer as n_at_least,
    (count(*) filter (f.qualifier = 'at_most'))::integer as n_at_most
from blanks
inner join current_fact as f using (campaign_id, unit_id, indicator_id)
where f.value is not null
