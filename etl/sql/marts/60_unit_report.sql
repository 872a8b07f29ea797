-- One row per campaign and expected unit: did it report, how full is its table, how late did it come.
insert into unit_report
with counts as (
    select f.campaign_id, f.unit_id, any_value(f.submission_id) as submission_id,
        count(*) filter (f.state <> 'not_asked') as n_blanks,
        count(*) filter (f.state = 'not_asked') as n_not_asked,
        -- a range (3-6) has no number that counts
        count(*) filter (f.state in ('reported', 'explicit_zero') and not (f.qualifier = 'range' and f.value is null)) as n_reported,
        count(*) filter (f.state = 'explicit_zero') as n_zero,
        count(*) filter (f.state = 'not_applicable') as n_not_applicable,
        count(*) filter (not is_answer(f.state) and f.state <> 'not_asked') as n_not_filled
    from current_blank f
    group by f.campaign_id, f.unit_id
),
-- the first report that said something: a correction sent later doesn't make a unit late
first_seen as (
    select a.campaign_id, a.unit_id, min(s.received_at) as first_at
    from answered a
    join submission s using (submission_id)
    where s.status <> 'refused'
    group by all
),
noted as (
    select submission_id, unit_id, count(*) filter (level = 'error') as n_errors, count(*) filter (level = 'warning') as n_warnings
    from finding
    where state = 'open'
    group by all
)
select c.campaign_id, r.unit_id,
    case when k.n_blanks > k.n_not_filled then 'reported' else 'not_reported' end,
    k.submission_id, s.source_name, s.report_date, s.received_at, c.table_due_on,
    case when s.received_at is null or c.table_due_on is null then null
        else greatest(0, date_diff('day', c.table_due_on, e.first_at::date)) end::integer,
    coalesce(k.n_blanks, 0)::integer, coalesce(k.n_reported, 0)::integer, coalesce(k.n_zero, 0)::integer,
    coalesce(k.n_not_applicable, 0)::integer, coalesce(k.n_not_filled, 0)::integer,
    coalesce(k.n_blanks - k.n_reported - k.n_not_applicable - k.n_not_filled, 0)::integer,
    coalesce(k.n_not_asked, 0)::integer,
    coalesce(n.n_errors, 0)::integer, coalesce(n.n_warnings, 0)::integer
from campaign c
join roster r on r.campaign_id = c.campaign_id
left join counts k on k.campaign_id = c.campaign_id and k.unit_id = r.unit_id
left join submission s on s.submission_id = k.submission_id
left join first_seen e on e.campaign_id = c.campaign_id and e.unit_id = r.unit_id
left join noted n on n.submission_id = k.submission_id and n.unit_id = r.unit_id
where c.has_data and c.form_id is not null;
