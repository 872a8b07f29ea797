-- One row per positive count with an expectation: the evidence for a slip of scale, its factor, and how far the figure stands out.
-- Each source may itself be wrong with the chance source_error; then it says nothing. Small counts vary by their own root.
create temp table slip_value as
with s as (
    select
        max(value) filter (name = 'slip_fit') as fit,
        max(value) filter (name = 'source_error') as wrong,
        max(value) filter (name = 'source_error') / max(value) filter (name = 'log_range') as anything
    from setting
),
told as (
    select e.*, v.value, sqrt(e.spread ** 2 + 1 / greatest(v.value / exp(e.off), 1)) as usual
    from estimate e join count_value v using (campaign_id, unit_id, indicator_id)
),
candidates as (
    select factor, ln(factor) as shift from slip union all select 1 / factor, -ln(factor) from slip
),
weighed as (
    select
        t.campaign_id, t.unit_id, t.indicator_id, c.factor,
        sum(
            ln((1 - s.wrong) * exp(-0.5 * ((t.off - c.shift) / t.usual) ** 2) / (t.usual * sqrt(2 * pi())) + s.anything)
            - ln((1 - s.wrong) * exp(-0.5 * (t.off / t.usual) ** 2) / (t.usual * sqrt(2 * pi())) + s.anything)
        ) as evidence,
        median(abs(t.off - c.shift) / t.usual) as misfit
    from told t cross join candidates c cross join s
    group by all
),
best as (
    select campaign_id, unit_id, indicator_id, arg_max(factor, evidence) as factor, max(evidence) as evidence,
        arg_max(misfit, evidence) as misfit
    from weighed group by all
),
far as (
    select
        campaign_id, unit_id, indicator_id,
        min(abs(off) / usual) filter (is_enough and source <> 'pair') as least_z,
        exp(min(abs(off)) filter (is_enough and source <> 'pair')) as least_times,
        count(*) filter (source = 'own' and is_enough) as n_own,
        count(*) filter (source = 'peers' and is_enough) as n_peers,
        max(value) / exp(median(off)) as expected,
        case
            when count(*) filter (source = 'own') = 0 then 'peers'
            when count(*) filter (source <> 'own') = 0 then 'own'
            else 'both'
        end as basis
    from told group by all
)
select
    f.*, case when b.misfit <= s.fit then b.evidence else 0 end as slip_evidence, greatest(b.factor, 1 / b.factor) as slip_times,
    case when b.factor > 1 then round(max_value / b.factor) else max_value / b.factor end as slip_proposal
from far f
cross join s
join best b using (campaign_id, unit_id, indicator_id)
join (select campaign_id, unit_id, indicator_id, value as max_value from count_value) using (campaign_id, unit_id, indicator_id);
