-- One row per count, with every quantity a rule on values may name.
create temp table on_value as
with ratios as (
    select value_id, report_no, blank_no, people / events as ratio from count_value where events > 0 and people > 0
),
own as (
    select report_no, median(ratio) as own_ratio, count(*) as n_ratios from ratios group by all
),
peers as (
    select blank_no, median(ratio) as peer_ratio, count(*) as n from ratios group by all
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
left join own o on o.report_no = v.report_no
left join peers p on p.blank_no = v.blank_no
left join slip_value x using (value_id);
