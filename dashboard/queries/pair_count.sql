-- One row: how many of the measure's indicators in the later form the comparison uses, and how many there are.
with used as (
    select distinct unnest(d.indicator_ids) as indicator_id
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
    (select count(*) from used)::integer as n_used, (select count(*) from asked)::integer as n_asked
