-- One row: the like-for-like coverage of one kind of unit, over the units that the release compares; grade as the release's.
with bridge as (
    select b.unit_id, b.base_unit_ids
    from unit_bridge as b
    inner join campaign as n on n.jurisdiction_id = b.jurisdiction_id and n.year = $year
    inner join campaign as o on o.jurisdiction_id = b.jurisdiction_id and o.year = $base_year
    where b.jurisdiction_id = $jurisdiction_id and b.changed_on > o.starts_on and b.changed_on <= n.starts_on
),

compared as (
    select
        c.unit_id, c.grade, c.change is not null as is_matched, coalesce(b.base_unit_ids, [c.unit_id]) as base_unit_ids
    from comparison as c
    inner join unit as u using (unit_id)
    left join bridge as b using (unit_id)
    where
        c.jurisdiction_id = $jurisdiction_id
        and c.measure_id = $measure_id
        and c.year = $year
        and c.base_year = $base_year
        and in_scope($scope, u.unit_id, u.kind)
),

shares as (
    select
        n.year, 100.0 * count(*) filter (h.state = 'held') / count(*) filter (is_asked(h.state)) as share
    from activity_held as h
    inner join campaign as n using (campaign_id)
    inner join activity as a on a.form_id = n.form_id and a.activity_id = h.activity_id and not a.is_optional
    inner join compared as c
        on c.is_matched
        and list_contains(case when n.year = $base_year then c.base_unit_ids else [c.unit_id] end, h.unit_id)
    where n.jurisdiction_id = $jurisdiction_id and n.year in ($year, $base_year)
    group by n.year
),

totals as (
    select max(share) filter (year = $year) as value, max(share) filter (year = $base_year) as base_value
    from shares
)

select
    cast(null as varchar) as unit_id, '' as name_zh, '' as short_zh, '' as name_en, '' as kind, 0 as position,
    b.value, b.base_value, b.value - b.base_value as change, cast(null as double) as pct,
    case
        when bool_or(c.is_matched and c.grade = 'close') then 'close'
        when bool_or(c.is_matched) then 'same'
        when bool_and(c.grade = 'refuse') then 'refuse'
        else 'missing'
    end as grade,
    (count(*) filter (c.is_matched))::integer as n_units, count(*)::integer as n_units_expected,
    coalesce((
        select any_value(t.note_zh) from comparison as t
        where t.unit_id is null and t.jurisdiction_id = $jurisdiction_id and t.measure_id = $measure_id
            and t.year = $year and t.base_year = $base_year
    ), '') as note_zh,
    coalesce((
        select any_value(t.note_en) from comparison as t
        where t.unit_id is null and t.jurisdiction_id = $jurisdiction_id and t.measure_id = $measure_id
            and t.year = $year and t.base_year = $base_year
    ), '') as note_en,
    'exact' as qualifier, 'exact' as base_qualifier
from compared as c
cross join totals as b
group by b.value, b.base_value
