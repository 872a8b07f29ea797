-- One row per blank of either form that no declared pair names, in the form's order.
with named as (
    select unnest(base_indicator_ids) as indicator_id, base_form_id as form_id from comparison_pair
    where base_form_id = $base_form_id and form_id = $form_id and not is_group
    union all
    select unnest(indicator_ids), form_id from comparison_pair
    where base_form_id = $base_form_id and form_id = $form_id and not is_group
)

select i.form_id = $form_id as is_new, i.label_zh, i.label_en
from indicator as i
where
    i.form_id in ($base_form_id, $form_id) and $base_form_id <> $form_id
    and not exists (select 1 from named as n where n.form_id = i.form_id and n.indicator_id = i.indicator_id)
order by i.form_id = $form_id, i.position
