-- One row per blank of the unit's current table, in the form's order, with last year's value where it may be compared.
with base as (
    select f.indicator_id, f.value, f.qualifier, c.form_id, i.unit
    from current_fact as f
    inner join campaign as c using (campaign_id)
    inner join indicator as i on i.form_id = c.form_id and i.indicator_id = f.indicator_id
    where f.campaign_id = $base_campaign_id and f.unit_id = $unit_id
),

same_form as (
    select b.indicator_id, b.value as base_value, b.qualifier as base_qualifier, b.unit as base_unit, 'same' as grade
    from base as b
    where b.form_id = $form_id
),

one_to_one as (
    select
        p.indicator_ids[1] as indicator_id, b.value as base_value, b.qualifier as base_qualifier, b.unit as base_unit, p.grade
    from comparison_pair as p
    left join base as b on p.base_form_id = b.form_id and p.base_indicator_ids[1] = b.indicator_id
    where
        p.form_id = $form_id
        and p.base_form_id = $base_form_id
        and p.base_form_id <> $form_id
        and not p.is_group
        and len(p.indicator_ids) = 1
        and (len(p.base_indicator_ids) = 1 or p.grade = 'refuse')
),

summed as (
    select
        p.indicator_ids[1] as indicator_id, sum(b.value) as base_value,
        weakest(list(b.qualifier) filter (b.value is not null)) as base_qualifier, min(b.unit) as base_unit, p.grade
    from comparison_pair as p
    inner join base as b on p.base_form_id = b.form_id and list_contains(p.base_indicator_ids, b.indicator_id)
    where
        p.form_id = $form_id
        and p.base_form_id = $base_form_id
        and len(p.indicator_ids) = 1
        and len(p.base_indicator_ids) > 1
        and not p.is_group
        and p.grade <> 'refuse'
    group by p.indicator_ids[1], p.grade, len(p.base_indicator_ids)
    having count(b.value) = len(p.base_indicator_ids)
),

paired as (
    from same_form
    union all
    from one_to_one
    union all
    from summed
),

best as (
    select * from paired
    qualify row_number() over (partition by indicator_id order by grade = 'refuse', base_value is null) = 1
)

select
    i.activity_id, a.short_zh as activity_zh, a.short_en as activity_en, i.indicator_id, i.label_zh, i.label_en,
    i.unit, i.kind, f.value, f.low, f.high, f.text, f.qualifier, f.state, f.raw, f.place, s.source_name,
    case when b.grade <> 'refuse' then b.base_value end as base_value, b.base_qualifier, b.base_unit, b.grade
from current_blank as f
inner join indicator as i on f.indicator_id = i.indicator_id and i.form_id = $form_id
inner join activity as a on i.activity_id = a.activity_id and a.form_id = i.form_id
inner join submission as s using (submission_id)
left join best as b on f.indicator_id = b.indicator_id
where f.campaign_id = $campaign_id and f.unit_id = $unit_id
order by i.position
