-- One row per national pair of years whose figures of a measure's concept are a break of definition.
select n.year, b.year as base_year, fn.raw as raw, fb.raw as base_raw, fn.value, fb.value as base_value,
    fn.qualifier, fb.qualifier as base_qualifier, i.unit, i.label_zh, i.label_en,
    p.reason_zh, p.reason_en
from comparison_pair as p
inner join campaign as n on n.form_id = p.form_id and n.jurisdiction_id = 'china'
inner join campaign as b on b.form_id = p.base_form_id and b.jurisdiction_id = 'china'
inner join current_fact as fn on fn.campaign_id = n.campaign_id and fn.indicator_id = p.indicator_ids[1]
inner join current_fact as fb on fb.campaign_id = b.campaign_id and fb.indicator_id = p.base_indicator_ids[1]
inner join indicator as i on i.form_id = p.form_id and i.indicator_id = p.indicator_ids[1]
inner join measure_concept as m on m.concept_id = i.concept_id and m.is_added
where p.is_break and m.measure_id = $measure_id
order by n.year
