-- One row per declared pair of indicators of two forms, in the catalogue's order; pair 0 is the reason about coverage.
-- Of a measure, where one is named, those with an indicator that it adds; of one activity by the later form.
select
    p.pair_no,
    (
        select string_agg(i.label_zh, ' + ' order by i.position) from indicator as i
        where i.form_id = p.base_form_id and list_contains(p.base_indicator_ids, i.indicator_id)
    ) as base_zh,
    (
        select string_agg(i.label_en, ' + ' order by i.position) from indicator as i
        where i.form_id = p.base_form_id and list_contains(p.base_indicator_ids, i.indicator_id)
    ) as base_en,
    (
        select string_agg(i.label_zh, ' + ' order by i.position) from indicator as i
        where i.form_id = p.form_id and list_contains(p.indicator_ids, i.indicator_id)
    ) as now_zh,
    (
        select string_agg(i.label_en, ' + ' order by i.position) from indicator as i
        where i.form_id = p.form_id and list_contains(p.indicator_ids, i.indicator_id)
    ) as now_en,
    p.grade, p.is_break, p.is_group, p.reason_zh, p.reason_en
from comparison_pair as p
where
    p.base_form_id = $base_form_id and p.form_id = $form_id
    and ($measure_id = '' or exists(
        select 1 from indicator as i
        inner join measure_concept as m on m.concept_id = i.concept_id and m.is_added and m.measure_id = $measure_id
        where
            (
                i.form_id = p.form_id and list_contains(p.indicator_ids, i.indicator_id)
                and ($activity_id = '' or i.activity_id = $activity_id)
            )
            or (
                $activity_id = '' and i.form_id = p.base_form_id
                and list_contains(p.base_indicator_ids, i.indicator_id)
            )
    ))
order by p.pair_no
