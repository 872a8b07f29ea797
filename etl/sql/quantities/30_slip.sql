-- One row per positive count with an expectation: the evidence for a slip of scale, its factor, and how far the figure stands out.
-- Each source may itself be wrong with the chance source_error; then it says nothing. Small counts vary by their own root.
-- Only what a hand can do is a slip: zeros too many, a digit typed twice, zeros or a digit left out. Nobody types 215 for 21.5,
-- in 3.5万 only the 万 itself can be one too many; and where less than slip_least is usual there was no digit to leave out: 1 beside the usual 4 is a small year, not 10.
create temp table slip_value as
with s as (
    select
        max(value) filter (name = 'slip_fit') as fit,
        max(value) filter (name = 'slip_least') as least,
        max(value) filter (name = 'source_error') as wrong,
        max(value) filter (name = 'source_error') / max(value) filter (name = 'log_range') as anything
    from setting
),
told as (
    select e.*, v.value, sqrt(e.spread ** 2 + 1 / greatest(v.value / exp(e.off), 1)) as usual
    from estimate e join counted v using (value_id)
),
candidates as (
    select factor, ln(factor) as shift from slip union all select 1 / factor, -ln(factor) from slip
),
-- Where no source is nearer to a slip than to the plain figure, none can speak for a slip.
suspects as (
    select distinct value_id from told where abs(off) > (select min(abs(shift)) / 2 from candidates)
),
digits as (
    select value_id, value, value::bigint::varchar as typed, is_in_words
    from counted semi join suspects using (value_id) where value >= 10 and value = trunc(value)
),
-- What may have been meant by a figure that is too large, by factor.
meant as (
    select value_id, factor, value / factor as meant from digits cross join slip where value % factor = 0 and (not is_in_words or factor >= 1000)
    union all
    select value_id, 10, (typed[:place - 1] || typed[place + 1:])::double
    from (select *, unnest(range(1, length(typed))) as place from digits where not is_in_words)
    where typed[place] = typed[place + 1] and typed[place] <> '0'
),
weighed as (
    select
        t.value_id, c.factor,
        sum(
            ln((1 - s.wrong) * exp(-0.5 * ((t.off - c.shift) / t.usual) ** 2) / (t.usual * sqrt(2 * pi())) + s.anything)
            - ln((1 - s.wrong) * exp(-0.5 * (t.off / t.usual) ** 2) / (t.usual * sqrt(2 * pi())) + s.anything)
        ) as evidence,
        median(abs(t.off - c.shift) / t.usual) as misfit
    from told t semi join suspects using (value_id) cross join candidates c cross join s
    where c.factor < 1 or exists (select 1 from meant m where m.value_id = t.value_id and m.factor = c.factor)
    group by all
),
best as (
    select
        value_id, arg_max(factor, evidence) as factor, max(evidence) as evidence, arg_max(misfit, evidence) as misfit
    from weighed group by all
),
far as (
    select
        value_id, any_value(value) as value,
        min(abs(off) / usual) filter (is_enough and source <> 'pair') as least_z,
        exp(min(abs(off)) filter (is_enough and source <> 'pair')) as least_times,
        count(*) filter (source = 'own' and is_enough) as n_own,
        count(*) filter (source = 'peers' and is_enough) as n_peers,
        any_value(value) / exp(median(off)) as expected,
        case
            when count(*) filter (source = 'own') = 0 then 'peers'
            when count(*) filter (source <> 'own') = 0 then 'own'
            else 'both'
        end as basis
    from told group by all
)
select
    f.*,
    case when b.misfit <= s.fit and (b.factor > 1 or f.expected >= s.least) then b.evidence else 0.0 end as slip_evidence,
    -- The ratio that its reader would work out, not the slip that it comes near to.
    round(greatest(f.value / f.expected, f.expected / f.value), 1) as slip_times,
    case
        when b.factor < 1 then f.value / b.factor
        else (
            select arg_min(m.meant, abs(ln(m.meant / f.expected)))
            from meant m where m.value_id = f.value_id and m.factor = b.factor
        )
    end as slip_proposal
from far f
cross join s
left join best b using (value_id);
