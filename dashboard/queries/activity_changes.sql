-- One row per unit with numbers in both years for one activity, in administrative order.
with paired as (
    select
        unit_id, sum(value) as value, sum(base_value) as base_value,
        max(case grade when 'close_after_sum' then 3 when 'close' then 2 else 1 end) as rank
    from comparison_detail
    where
        jurisdiction_id = $jurisdiction_id
        and measure_id = $measure_id
        and year = $year
        and base_year = $base_year
        and activity_id = $activity_id
    group by unit_id
)

select
    p.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind, u.position,
    p.value, p.base_value, p.value - p.base_value as change,
    case when p.base_value > 0 then 100 * (p.value - p.base_value) / p.base_value end as pct,
    case p.rank when 3 then 'close_after_sum' when 2 then 'close' else 'same' end as grade,
    1 as n_units, 1 as n_units_expected, '' as note_zh, '' as note_en
from paired as p
inner join unit as u using (unit_id)
where $unit_kind = '' or ($unit_kind = 'zone') = (u.kind = 'zone')
order by u.position
