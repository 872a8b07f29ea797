-- One row per measure and published national figure of the year whose concept the measure adds.
select
    m.measure_id, i.label_zh, i.label_en, i.unit, f.value, f.low, f.high, f.qualifier, f.raw, s.source, s.url
from current_fact as f
inner join campaign as c using (campaign_id)
inner join indicator as i on f.indicator_id = i.indicator_id and i.form_id = c.form_id
inner join measure_concept as m on i.concept_id = m.concept_id and m.is_added
left join fact_source as s on f.submission_id = s.submission_id and f.indicator_id = s.indicator_id
where c.jurisdiction_id = 'china' and c.year = $year
order by i.position
