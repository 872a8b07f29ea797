-- One row per pair of indicators that a measure's like-for-like comparison uses, with the sums of both years.
select
    (
        select string_agg(i.label_zh, ' + ' order by i.position) from indicator as i
        where i.form_id = any_value(b.form_id) and list_contains(d.base_indicator_ids, i.indicator_id)
    ) as base_zh,
    (
        select string_agg(i.label_en, ' + ' order by i.position) from indicator as i
        where i.form_id = any_value(b.form_id) and list_contains(d.base_indicator_ids, i.indicator_id)
    ) as base_en,
    (
        select string_agg(i.label_zh, ' + ' order by i.position) from indicator as i
        where i.form_id = any_value(n.form_id) and list_contains(d.indicator_ids, i.indicator_id)
    ) as now_zh,
    (
        select string_agg(i.label_en, ' + ' order by i.position) from indicator as i
        where i.form_id = any_value(n.form_id) and list_contains(d.indicator_ids, i.indicator_id)
    ) as now_en,
    d.base_indicator_ids, d.indicator_ids,
    -- the worst of its units': a bridged district is close where the others are the same
    arg_max(d.grade, list_position(['same', 'close', 'close_after_sum'], d.grade)) as grade,
    sum(d.base_value) as base_value, sum(d.value) as value, count(distinct d.unit_id)::integer as n_units,
    weakest(list(d.qualifier)) as qualifier, weakest(list(d.base_qualifier)) as base_qualifier
from comparison_detail as d
inner join campaign as n on n.jurisdiction_id = d.jurisdiction_id and n.year = d.year
inner join campaign as b on b.jurisdiction_id = d.jurisdiction_id and b.year = d.base_year
inner join unit as u on u.unit_id = d.unit_id
where
    d.jurisdiction_id = $jurisdiction_id and d.measure_id = $measure_id
    and d.year = $year and d.base_year = $base_year
    and ($activity_id = '' or d.activity_id = $activity_id)
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
group by d.base_indicator_ids, d.indicator_ids
order by min((
    select min(i.position) from indicator as i
    where i.form_id = n.form_id and list_contains(d.indicator_ids, i.indicator_id)
))
