-- One row per count about 10,000 times, or a 10,000th of, the same blank of the same unit in the campaign before.
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
)
select 'scale_suspect' as rule, f.submission_id, f.campaign_id, f.unit_id, f.indicator_id, f.place, f.value as found, b.value as expected,
    '上次活动' as basis_zh, 'the last campaign''s figure' as basis_en
from matched m
join current_fact f on f.campaign_id = m.campaign_id and f.indicator_id = m.indicator_id
join current_fact b on b.campaign_id = m.base_campaign_id and b.indicator_id = m.base_indicator_id and b.unit_id = f.unit_id
where f.value > 0 and b.value > 0
    and (f.value / b.value between (select value from setting where name = 'slip_low') and (select value from setting where name = 'slip_high')
        or b.value / f.value between (select value from setting where name = 'slip_low') and (select value from setting where name = 'slip_high'));
