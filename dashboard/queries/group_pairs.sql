-- One row per group of indicators that compares only as a whole, with the sums of the units that filled all of it.
select
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
    p.grade, sum(g.base_value) as base_value, sum(g.value) as value, count(g.unit_id)::integer as n_units,
    p.reason_zh, p.reason_en, weakest(list(g.qualifier)) as qualifier,
    weakest(list(g.base_qualifier)) as base_qualifier
from comparison_pair as p
left join (
    select c.*
    from comparison_group as c
    inner join unit as u on u.unit_id = c.unit_id
    where
        c.jurisdiction_id = $jurisdiction_id and c.year = $year and c.base_year = $base_year
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
) as g on g.pair_no = p.pair_no
where p.form_id = $form_id and p.base_form_id = $base_form_id and p.is_group
group by all
order by min(p.pair_no)
