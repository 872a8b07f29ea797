-- One row per campaign, jurisdictions in their order, newest year first.
with expected as (
    select campaign_id, count(*) as n_units_expected
    from roster
    group by campaign_id
),

reported as (
    select campaign_id, count(*) filter (state = 'reported') as n_units_reported
    from unit_report
    group by campaign_id
),

arrived as (
    select campaign_id, max(received_at) as newest_arrival_at
    from submission
    where status <> 'refused'
    group by campaign_id
)

select
    c.campaign_id, c.jurisdiction_id, j.name_zh as jurisdiction_zh, j.name_en as jurisdiction_en,
    coalesce(u.short_name, j.name_zh) as jurisdiction_short, c.year, c.form_id,
    c.title_zh, c.title_en, c.theme, c.theme_en, c.basis, c.starts_on, c.ends_on, c.table_due_on, c.layer_id,
    c.is_sample, c.has_data,
    coalesce(e.n_units_expected, 0) as n_units_expected, coalesce(r.n_units_reported, 0) as n_units_reported,
    a.newest_arrival_at, f.completeness as form_completeness
from campaign as c
inner join jurisdiction as j using (jurisdiction_id)
left join unit as u on u.unit_id = j.unit_id
left join expected as e using (campaign_id)
left join reported as r using (campaign_id)
left join arrived as a using (campaign_id)
left join form as f on f.form_id = c.form_id
order by j.position, c.year desc
