-- One row per activity of the later form: how much of the like-for-like change comes from it.
select
    d.activity_id, a.short_zh, a.short_en, sum(d.value) as value, sum(d.base_value) as base_value,
    count(distinct d.unit_id)::integer as n_units
from comparison_detail as d
inner join campaign as c on c.jurisdiction_id = d.jurisdiction_id and c.year = d.year
inner join activity as a on a.form_id = c.form_id and a.activity_id = d.activity_id
inner join unit as u on u.unit_id = d.unit_id
where
    d.jurisdiction_id = $jurisdiction_id and d.measure_id = $measure_id
    and d.year = $year and d.base_year = $base_year
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
group by d.activity_id, a.short_zh, a.short_en, a.position
order by a.position
