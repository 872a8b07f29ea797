-- One row per measure: how many of its indicators in the later form the comparison uses, and how many there are; and how many of
-- the values it rests on, of both years, are approximate or bounds; and what of the net change comes from blanks that were 0 in one
-- year. All measures at once: each page asks for several.
with used as (
    select d.measure_id, d.indicator_ids, d.n_approx, d.n_at_least, d.n_at_most, d.value, d.base_value
    from comparison_detail as d
    inner join unit as u using (unit_id)
    where
        d.jurisdiction_id = $jurisdiction_id
        and d.year = $year
        and d.base_year = $base_year
        and ($activity_id = '' or d.activity_id = $activity_id)
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
),

counted as (
    select
        measure_id, len(list_distinct(flatten(list(indicator_ids)))) as n_used,
        sum(n_approx) as n_approx, sum(n_at_least) as n_at_least, sum(n_at_most) as n_at_most,
        count(*) filter (where base_value = 0 and value > 0) as n_from_zero,
        sum(value) filter (where base_value = 0) as from_zero,
        count(*) filter (where value = 0 and base_value > 0) as n_to_zero,
        sum(base_value) filter (where value = 0) as to_zero,
        sum(value) - sum(base_value) as net
    from used
    group by measure_id
),

asked as (
    select m.measure_id, count(i.indicator_id) as n_asked
    from indicator as i
    inner join campaign as c on c.form_id = i.form_id
    inner join measure_concept as m on m.concept_id = i.concept_id and m.is_added
    where
        c.jurisdiction_id = $jurisdiction_id
        and c.year = $year
        and ($activity_id = '' or i.activity_id = $activity_id)
    group by m.measure_id
)

select
    m.measure_id,
    coalesce(u.n_used, 0)::integer as n_used,
    coalesce(a.n_asked, 0)::integer as n_asked,
    coalesce(u.n_approx, 0)::integer as n_approx,
    coalesce(u.n_at_least, 0)::integer as n_at_least,
    coalesce(u.n_at_most, 0)::integer as n_at_most,
    coalesce(u.n_from_zero, 0)::integer as n_from_zero,
    coalesce(u.from_zero, 0)::double as from_zero,
    coalesce(u.n_to_zero, 0)::integer as n_to_zero,
    coalesce(u.to_zero, 0)::double as to_zero,
    coalesce(u.net, 0)::double as net
from measure as m
left join counted as u using (measure_id)
left join asked as a using (measure_id)
