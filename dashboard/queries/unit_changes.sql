-- One row per measure and pair of printed units that differ between the indicators a comparison uses, with how many pairs.
with used as (
    select distinct d.measure_id, d.base_indicator_ids, d.indicator_ids, b.form_id as base_form_id, n.form_id
    from comparison_detail as d
    inner join unit as u using (unit_id)
    inner join campaign as n on n.jurisdiction_id = d.jurisdiction_id and n.year = d.year
    inner join campaign as b on b.jurisdiction_id = d.jurisdiction_id and b.year = d.base_year
    where
        d.jurisdiction_id = $jurisdiction_id
        and d.year = $year
        and d.base_year = $base_year
        and ($activity_id = '' or d.activity_id = $activity_id)
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
)

select
    p.measure_id, i.unit as base_unit_zh, i.unit_en as base_unit_en, j.unit as unit_zh, j.unit_en, count(*)::integer as n_pairs
from used as p
inner join indicator as i on i.form_id = p.base_form_id and i.indicator_id = p.base_indicator_ids[1]
inner join indicator as j on j.form_id = p.form_id and j.indicator_id = p.indicator_ids[1]
where i.unit <> j.unit
group by p.measure_id, i.unit, i.unit_en, j.unit, j.unit_en
order by n_pairs desc, i.unit
