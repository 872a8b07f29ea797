-- One row per unit with a comparison row, for one activity, in administrative order; without numbers in both years no value.
with paired as (
    select
        unit_id, sum(value) as value, sum(base_value) as base_value,
        weakest(list(qualifier)) as qualifier, weakest(list(base_qualifier)) as base_qualifier,
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
    c.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind, u.position,
    p.value, p.base_value, p.value - p.base_value as change,
    case
        when p.base_value > 0 and p.base_value >= coalesce((select value from setting where name = 'tiny_base'), 0)
            then 100 * (p.value - p.base_value) / p.base_value
    end as pct,
    case
        when p.rank = 3 then 'close_after_sum'
        when p.rank = 2 then 'close'
        when p.rank = 1 then 'same'
        when c.grade = 'refuse' then 'refuse'
        else 'missing'
    end as grade,
    (case when p.rank is null then 0 else 1 end)::integer as n_units, 1 as n_units_expected,
    case when c.grade = 'refuse' then c.note_zh else '' end as note_zh,
    case when c.grade = 'refuse' then c.note_en else '' end as note_en,
    coalesce(p.qualifier, 'exact') as qualifier, coalesce(p.base_qualifier, 'exact') as base_qualifier
from comparison as c
inner join unit as u using (unit_id)
left join paired as p using (unit_id)
where
    c.jurisdiction_id = $jurisdiction_id
    and c.measure_id = $measure_id
    and c.year = $year
    and c.base_year = $base_year
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
order by u.position
