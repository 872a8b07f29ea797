-- One row per doubtful value in a ratio of any year, with the sum over all units that it stands in.
with sums as (
    select r.campaign_id, r.ratio_id, sum(r.numerator) as numerator, sum(r.denominator) as denominator
    from unit_ratio as r
    inner join unit as u using (unit_id)
    where ($scope = '' or in_scope($scope, u.unit_id, u.kind))
    group by all
)

select
    c.year, d.ratio_id as of_id, u.short_name as short_zh, u.name_en, i.label_zh, i.label_en, d.value, d.proposal,
    d.usual, d.off,
    if(d.is_denominator, s.denominator, s.numerator) as whole
from ratio_doubt as d
inner join campaign as c using (campaign_id)
inner join unit as u using (unit_id)
inner join indicator as i on i.form_id = c.form_id and i.indicator_id = d.indicator_id
inner join sums as s using (campaign_id, ratio_id)
where
    c.jurisdiction_id = $jurisdiction_id
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
order by c.year, d.off desc, u.position
