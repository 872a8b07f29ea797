-- One row per count that is off the same blank of the same unit in the campaign before by about 10,000 or 1,000, or exactly 100 or 10.
with numbered as (
    select c.*, lag(campaign_id) over (partition by jurisdiction_id order by year) as base_campaign_id,
        lag(form_id) over (partition by jurisdiction_id order by year) as base_form_id
    from campaign c where c.has_data and c.form_id is not null
),
matched as (
    select n.campaign_id, n.base_campaign_id, i.indicator_id, i.indicator_id as base_indicator_id
    from numbered n join indicator i on i.form_id = n.form_id and n.form_id = n.base_form_id and i.kind = 'count'
    union all
    select n.campaign_id, n.base_campaign_id, p.indicator_ids[1], p.base_indicator_ids[1]
    from numbered n
    join comparison_pair p on p.form_id = n.form_id and p.base_form_id = n.base_form_id and n.form_id <> n.base_form_id
    where p.grade = 'close' and len(p.indicator_ids) = 1 and len(p.base_indicator_ids) = 1
),
both_years as (
    select f.submission_id, f.campaign_id, f.unit_id, f.indicator_id, f.place, f.value as found, b.value as expected,
        greatest(f.value, b.value) / least(f.value, b.value) as ratio, least(f.value, b.value) as smaller
    from matched m
    join current_fact f on f.campaign_id = m.campaign_id and f.indicator_id = m.indicator_id
    join current_fact b on b.campaign_id = m.base_campaign_id and b.indicator_id = m.base_indicator_id and b.unit_id = f.unit_id
    where f.value > 0 and b.value > 0
),
judged as (
    select *,
        case
            when ratio between (select value from setting where name = 'slip_low') and (select value from setting where name = 'slip_high') then 10000
            when smaller < (select value from setting where name = 'slip_base') then null
            when ratio between (select value from setting where name = 'slip_thousand_low') and (select value from setting where name = 'slip_thousand_high') then 1000
            when abs(ratio / 100 - 1) <= (select value from setting where name = 'slip_exact') then 100
            when abs(ratio / 10 - 1) <= (select value from setting where name = 'slip_exact') then 10
        end as factor
    from both_years
)
select 'scale_suspect' as rule, submission_id, campaign_id, unit_id, indicator_id, place, found, expected,
    '上次活动' as basis_zh, 'the last campaign''s figure' as basis_en, factor
from judged where factor is not null;
