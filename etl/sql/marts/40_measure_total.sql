-- One row per campaign and measure: the sum over the units with a value; for coverage the share over all the activities of units that have one.
insert into measure_total
with held as (
    select h.campaign_id,
        count(*) filter (h.state = 'held') as n_held,
        count(*) filter (is_asked(h.state)) as n_activities
    from activity_held h
    join campaign c on c.campaign_id = h.campaign_id
    join activity a on a.form_id = c.form_id and a.activity_id = h.activity_id and not a.is_optional
    where exists (
        select 1 from measure_value v join measure m using (measure_id)
        where m.kind = 'coverage' and v.value is not null
            and v.campaign_id = h.campaign_id and v.unit_id = h.unit_id
    )
    group by h.campaign_id
)
select
    v.campaign_id, v.measure_id,
    case when m.kind = 'coverage' then any_value(100.0 * held.n_held / nullif(held.n_activities, 0)) else sum(v.value) end as value,
    case
        when count(*) filter (v.value is not null and v.qualifier = 'approx') > 0 then 'approx'
        when count(*) filter (v.value is not null and v.qualifier = 'at_least') > 0
            and count(*) filter (v.value is not null and v.qualifier = 'at_most') > 0 then 'approx'
        when count(*) filter (v.value is not null and v.qualifier = 'at_least') > 0 then 'at_least'
        when count(*) filter (v.value is not null and v.qualifier = 'at_most') > 0 then 'at_most'
        else 'exact'
    end as qualifier,
    count(v.value)::integer as n_units_reported,
    count(*)::integer as n_units_expected
from measure_value v
join measure m on m.measure_id = v.measure_id
left join held on held.campaign_id = v.campaign_id
group by v.campaign_id, v.measure_id, m.kind;
