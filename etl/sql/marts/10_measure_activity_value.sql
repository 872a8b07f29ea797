-- One row per campaign, expected unit, measure (kind sum) and activity that holds some of the measure's indicators.
insert into measure_activity_value
with parts as (
    select c.campaign_id, m.measure_id, i.activity_id, i.indicator_id
    from campaign c
    join indicator i on i.form_id = c.form_id and i.kind = 'count'
    join measure_concept mc on mc.concept_id = i.concept_id and mc.is_added
    join measure m on m.measure_id = mc.measure_id
    where c.has_data and (c.basis <> 'published' or m.from_published)
),
reported as (
    select distinct campaign_id, unit_id from answered where is_current
),
joined as (
    select
        p.campaign_id, r.unit_id, p.measure_id, p.activity_id,
        f.value, f.qualifier, coalesce(f.state, 'not_reported') as state,
        rep.unit_id is not null as has_reported
    from parts p
    join roster r on r.campaign_id = p.campaign_id
    left join reported rep on rep.campaign_id = p.campaign_id and rep.unit_id = r.unit_id
    left join current_blank f
        on f.campaign_id = p.campaign_id and f.unit_id = r.unit_id and f.indicator_id = p.indicator_id
)
select
    campaign_id, unit_id, measure_id, activity_id,
    sum(value) as value,
    case
        when not any_value(has_reported) then 'not_reported'
        when count(value) = 0 and bool_and(state = 'not_applicable') then 'not_applicable'
        when count(value) = 0 and bool_and(not is_asked(state)) then 'not_asked'
        when count(value) = 0 and bool_and(not is_answer(state) or state = 'not_applicable')
            then 'not_filled'
        when count(value) = 0 then 'no_value'
        when count(value) < count(*) filter (state <> 'not_applicable') then 'partial'
        else 'reported'
    end as state,
    case
        when count(*) filter (value is not null and qualifier = 'approx') > 0 then 'approx'
        when count(*) filter (value is not null and qualifier = 'at_least') > 0
            and count(*) filter (value is not null and qualifier = 'at_most') > 0 then 'approx'
        when count(*) filter (value is not null and qualifier = 'at_least') > 0 then 'at_least'
        when count(*) filter (value is not null and qualifier = 'at_most') > 0 then 'at_most'
        else 'exact'
    end as qualifier,
    count(value)::integer as n_reported,
    (count(*) filter (state <> 'not_applicable'))::integer as n_expected
from joined
group by campaign_id, unit_id, measure_id, activity_id;
