-- One row per measure and unit with a comparison row, in administrative order; unit_id null is the like-for-like total. All measures
-- at once: each page asks for several.
select
    c.measure_id, c.unit_id, coalesce(u.name, '') as name_zh, coalesce(u.short_name, '') as short_zh,
    coalesce(u.name_en, '') as name_en, coalesce(u.kind, '') as kind, coalesce(u.position, 0) as position,
    c.value, c.base_value, c.change, c.pct, c.grade, c.n_units, c.n_units_expected, c.note_zh, c.note_en,
    c.qualifier, c.base_qualifier
from comparison as c
left join unit as u using (unit_id)
where
    c.jurisdiction_id = $jurisdiction_id
    and c.year = $year
    and c.base_year = $base_year
    and ($scope = '' or c.unit_id is null or in_scope($scope, u.unit_id, u.kind))
order by c.unit_id is not null, u.position
