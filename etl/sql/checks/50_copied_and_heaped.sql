-- One row per report whose figures all equal last year's, and per report whose figures all end in 0 (published totals always do).
with numbered as (
    select c.*, lag(campaign_id) over (partition by jurisdiction_id order by year) as base_campaign_id,
        lag(form_id) over (partition by jurisdiction_id order by year) as base_form_id
    from campaign c where c.has_data and c.form_id is not null
),
figures as (
    select f.* from current_fact f
    join campaign c on c.campaign_id = f.campaign_id and c.basis <> 'published'
    join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id and i.kind = 'count'
    where f.value > 0
),
both_years as (
    select f.submission_id, f.campaign_id, f.unit_id, count(*) as n, count(*) filter (f.value = b.value) as n_equal
    from numbered n
    join figures f on f.campaign_id = n.campaign_id
    join figures b on b.campaign_id = n.base_campaign_id and b.unit_id = f.unit_id and b.indicator_id = f.indicator_id
    where n.form_id = n.base_form_id
    group by all
),
rounded as (
    select submission_id, campaign_id, unit_id, count(*) as n, count(*) filter (value % 10 = 0) as n_rounded
    from figures group by all
)
select 'copied_from_last_year' as rule, b.submission_id, b.campaign_id, b.unit_id, null as indicator_id, s.source_name as place,
    b.n as found, null as expected, null as basis_zh, null as basis_en
from both_years b join submission s using (submission_id)
where b.n = b.n_equal and b.n >= (select value from setting where name = 'copied_min_values')
union all
select 'heaped', r.submission_id, r.campaign_id, r.unit_id, null, s.source_name, r.n, null, null, null
from rounded r join submission s using (submission_id)
where r.n = r.n_rounded and r.n >= (select value from setting where name = 'heaped_min_values');
