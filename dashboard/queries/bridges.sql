-- One row per boundary change between two campaigns of a jurisdiction.
select b.unit_id, u.name as name_zh, u.name_en, b.base_unit_ids, b.grade, b.reason_zh, b.reason_en
from unit_bridge as b
inner join unit as u using (unit_id)
inner join campaign as n on n.jurisdiction_id = b.jurisdiction_id and n.year = $year
inner join campaign as o on o.jurisdiction_id = b.jurisdiction_id and o.year = $base_year
where b.jurisdiction_id = $jurisdiction_id and b.changed_on > o.starts_on and b.changed_on <= n.starts_on
order by b.grade, b.unit_id
