-- One row per doubtful value that a measure adds, in any year, with the year's total.
select
    c.year, m.measure_id as of_id, u.short_name as short_zh, u.name_en, i.label_zh, i.label_en, d.value, d.proposal, d.off,
    t.value as whole
from doubtful_value as d
inner join campaign as c using (campaign_id)
inner join roster as r on r.campaign_id = d.campaign_id and r.unit_id = d.unit_id
inner join unit as u on u.unit_id = d.unit_id
inner join indicator as i on i.form_id = c.form_id and i.indicator_id = d.indicator_id
inner join measure_concept as m on m.concept_id = i.concept_id and m.is_added and m.measure_id = $measure_id
inner join measure_total as t on t.campaign_id = d.campaign_id and t.measure_id = m.measure_id
where c.jurisdiction_id = $jurisdiction_id and t.value is not null
order by c.year, d.off desc, u.position
