-- One row per count far from its peers (per 10,000 people, median and MAD on the log scale; enough peers only).
with rates as (
    select f.submission_id, f.campaign_id, f.unit_id, f.indicator_id, f.place, f.value, r.population,
        ln(f.value / r.population * 10000.0) as log_rate
    from current_fact f
    join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id and r.population > 0
    where f.value > 0
),
middle as (
    select campaign_id, indicator_id, count(*) as n, median(log_rate) as mid, mad(log_rate) as spread
    from rates group by all
),
judged as (
    select x.*, m.mid, abs(x.log_rate - m.mid) as distance, m.spread
    from rates x join middle m using (campaign_id, indicator_id)
    where m.n >= (select value from setting where name = 'outlier_min_peers')
)
select case when distance > 8.5 then 'scale_suspect' else 'implausible' end as rule, submission_id, campaign_id, unit_id, indicator_id, place, value as found,
    round(exp(mid), 2) as expected, '同级单位水平' as basis_zh, 'its peers' as basis_en,
    round(exp(distance)) as factor
from judged
where spread > 0 and distance / (1.4826 * spread) > (select value from setting where name = 'outlier_mad') and distance > 3;
