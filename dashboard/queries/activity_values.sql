-- One row per activity that holds some of the measure's blanks: its sum over the units of the selection.
with summed as (
    select
        v.activity_id, sum(v.value) as value, count(v.value) as n_units_reported,
        case
            when bool_or(v.qualifier in ('approx', 'range') and v.value is not null) then 'approx'
            when bool_or(v.qualifier = 'at_least' and v.value is not null)
                and bool_or(v.qualifier = 'at_most' and v.value is not null) then 'approx'
            when bool_or(v.qualifier = 'at_least' and v.value is not null) then 'at_least'
            when bool_or(v.qualifier = 'at_most' and v.value is not null) then 'at_most'
            else 'exact'
        end as qualifier
    from measure_activity_value as v
    inner join unit as u using (unit_id)
    where
        v.campaign_id = $campaign_id
        and v.measure_id = $measure_id
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
    group by v.activity_id
)

select a.activity_id, a.short_zh, a.short_en, s.value, s.qualifier, s.n_units_reported
from summed as s
inner join activity as a on s.activity_id = a.activity_id and a.form_id = $form_id
order by a.position
