-- One row per declared pair of indicators of two forms, in the catalogue's order; pair 0 is the reason about coverage.
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
where p.base_form_id = $base_form_id and p.form_id = $form_id
order by p.pair_no
