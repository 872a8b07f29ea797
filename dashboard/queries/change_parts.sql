-- One row per part of a measure's whole totals in two years: comparable, blanks, form, units, districts; with how many units.
select
    p.part, coalesce(sum(p.value), 0) as value, coalesce(sum(p.base_value), 0) as base_value, count(*)::integer as n_units,
    (count(*) filter (where p.base_value is null))::integer as n_now_only,
    (count(*) filter (where p.value is null))::integer as n_base_only
from change_part as p
inner join unit as u using (unit_id)
where
    p.jurisdiction_id = $jurisdiction_id
    and p.measure_id = $measure_id
    and p.year = $year
    and p.base_year = $base_year
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
group by p.part
order by p.part
