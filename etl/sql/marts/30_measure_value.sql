-- One row per campaign, expected unit and measure: sums over activities, and the share of obligatory activities held (none for a form without any answer).
insert into measure_value
select
    campaign_id, unit_id, measure_id,
    sum(value) as value,
    case
        when bool_and(state = 'not_reported') then 'not_reported'
        when count(value) = 0 and bool_and(state = 'not_applicable') then 'not_applicable'
        when count(value) = 0 and bool_and(not is_asked(state)) then 'not_asked'
        when count(value) = 0 and bool_and(state = 'not_filled' or not is_asked(state)) then 'not_filled'
        when count(value) = 0 then 'no_value'
        when sum(n_reported) < sum(n_expected) then 'partial'
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
    sum(n_reported)::integer as n_reported,
    sum(n_expected)::integer as n_expected
from measure_activity_value
group by campaign_id, unit_id, measure_id;

insert into measure_value
select
    h.campaign_id, h.unit_id, m.measure_id,
    case
        when bool_and(h.state = 'not_reported') then null
        when count(*) filter (h.state in ('held', 'zero')) = 0 then null
        else 100.0 * count(*) filter (h.state = 'held') / count(*) filter (is_asked(h.state))
    end as value,
    case
        when bool_and(h.state = 'not_reported') then 'not_reported'
        when count(*) filter (h.state <> 'not_applicable') = 0 then 'not_applicable'
        when count(*) filter (is_asked(h.state)) = 0 then 'not_asked'
        when count(*) filter (h.state <> 'not_filled' and is_asked(h.state)) = 0 then 'not_filled'
        when count(*) filter (h.state in ('held', 'zero')) = 0 then 'no_value'
        when count(*) filter (h.state in ('not_filled', 'not_asked', 'unclear')) > 0 then 'partial'
        else 'reported'
    end as state,
    'exact' as qualifier,
    (count(*) filter (h.state in ('held', 'zero')))::integer as n_reported,
    (count(*) filter (is_asked(h.state)))::integer as n_expected
from activity_held h
join campaign c on c.campaign_id = h.campaign_id
join activity a on a.form_id = c.form_id and a.activity_id = h.activity_id and not a.is_optional
cross join measure m
where m.kind = 'coverage'
group by h.campaign_id, h.unit_id, m.measure_id;
