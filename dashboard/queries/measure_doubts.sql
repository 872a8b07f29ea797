-- One row per doubtful value that a measure adds, in any year: beside it its unit's value and the sum over the units chosen.
with unit_sum as (
    select v.campaign_id, v.unit_id, v.value
    from measure_value as v
    where v.measure_id = $measure_id and $activity_id = ''
    union all
    select v.campaign_id, v.unit_id, v.value
    from measure_activity_value as v
    where v.measure_id = $measure_id and v.activity_id = $activity_id
),

chosen as (
    select s.campaign_id, s.unit_id, s.value, sum(s.value) over (partition by s.campaign_id) as whole
    from unit_sum as s
    inner join roster as r using (campaign_id, unit_id)
    inner join unit as u using (unit_id)
    where s.value is not null and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
)

select
    c.year, $measure_id as of_id, d.unit_id, u.short_name as short_zh, u.name_en, i.label_zh, i.label_en, d.value,
    d.proposal, d.usual, d.off, s.value as own, s.whole
from doubtful_value as d
inner join campaign as c using (campaign_id)
inner join chosen as s using (campaign_id, unit_id)
inner join unit as u using (unit_id)
inner join indicator as i on i.form_id = c.form_id and i.indicator_id = d.indicator_id
inner join measure_concept as m on m.concept_id = i.concept_id and m.is_added and m.measure_id = $measure_id
where c.jurisdiction_id = $jurisdiction_id and ($activity_id = '' or i.activity_id = $activity_id)
order by c.year, d.off desc, u.position
