-- One row per count, with every quantity a rule on values may name.
create temp table on_value as
with ratios as (
    select value_id, campaign_id, unit_id, indicator_id, people / events as ratio from count_value where events > 0 and people > 0
),
own as (
    select campaign_id, unit_id, median(ratio) as own_ratio, count(*) as n_ratios from ratios group by all
),
peers as (
    select campaign_id, indicator_id, median(ratio) as peer_ratio, count(*) as n from ratios group by all
)
select
    v.submission_id, v.campaign_id, v.unit_id, v.indicator_id, v.place,
    v.value, v.events, v.people, v.whole, v.population,
    case when v.quantity in ('participation', 'audience') then v.value end as reached,
    r.ratio, o.own_ratio, o.n_ratios,
    case when p.n >= (select value from setting where name = 'ratio_min_peers') then p.peer_ratio end as peer_ratio,
    x.least_z, x.least_times, x.n_own, x.n_peers, round(x.expected, 1) as expected,
    x.slip_evidence, x.slip_times, x.slip_proposal, x.basis,
    round(r.ratio) as ratio_shown, round(o.own_ratio) as own_ratio_shown
from count_value v
left join ratios r using (value_id)
left join own o on o.campaign_id = v.campaign_id and o.unit_id = v.unit_id
left join peers p on p.campaign_id = v.campaign_id and p.indicator_id = v.indicator_id
left join slip_value x using (value_id);
