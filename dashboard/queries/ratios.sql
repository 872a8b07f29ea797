-- One row per campaign of a jurisdiction and ratio that survives changes of the form: over all units, and the middle unit.
select
    c.year, r.ratio_id, sum(r.numerator) / sum(r.denominator) as value, median(r.numerator / r.denominator) as middle,
    count(*)::integer as n_units
from unit_ratio as r
inner join campaign as c using (campaign_id)
inner join unit as u using (unit_id)
where
    c.jurisdiction_id = $jurisdiction_id
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
group by c.year, r.ratio_id
order by c.year, r.ratio_id
