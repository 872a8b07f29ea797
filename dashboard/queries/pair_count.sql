-- One row: how many of the measure's indicators in the later form the comparison uses, and how many there are; and how many of
-- the values it rests on, of both years, are approximate or bounds.
with used as (
    select d.indicator_ids, d.n_approx, d.n_at_least, d.n_at_most
    from comparison_detail as d
    inner join unit as u using (unit_id)
    where
        d.jurisdiction_id = $jurisdiction_id
        and d.measure_id = $measure_id
        and d.year = $year
        and d.base_year = $base_year
        and ($activity_id = '' or d.activity_id = $activity_id)
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
),

asked as (
    select i.indicator_id
    from indicator as i
    inner join campaign as c on c.form_id = i.form_id
    inner join measure_concept as m on m.concept_id = i.concept_id and m.is_added
    where
        c.jurisdiction_id = $jurisdiction_id
        and c.year = $year
        and m.measure_id = $measure_id
        and ($activity_id = '' or i.activity_id = $activity_id)
)

select
    (select count(distinct i) from (select unnest(indicator_ids) as i from used))::integer as n_used,
    (select count(*) from asked)::integer as n_asked,
    (select coalesce(sum(n_approx), 0) from used)::integer as n_approx,
    (select coalesce(sum(n_at_least), 0) from used)::integer as n_at_least,
    (select coalesce(sum(n_at_most), 0) from used)::integer as n_at_most
