-- One row per file and form in it of the scope ('staged': what was uploaded and waits; else a campaign), copies of another file too; those that need a look first.
with named as (
    select submission_id, source_name, '' as copy_of from submission
    union all
    select submission_id, unnest(also_named) as source_name, source_name as copy_of from submission
),

counts as (
    select
        f.submission_id, count(*) as n_blanks, count(*) filter (f.state in ('reported', 'explicit_zero')) as n_read,
        count(distinct f.unit_id) as n_units,
        count(distinct f.unit_id) filter (is_answer(f.state)) as n_filled
    from fact as f
    group by f.submission_id
),

said as (
    select
        submission_id, bool_or(rule = 'rejected_by_hand') as is_rejected,
        count(*) filter (level = 'error') as n_errors,
        count(*) filter (level = 'warning') as n_warnings,
        count(*) filter (level = 'note') as n_notes,
        arg_min(message_zh, rank) as first_zh,
        arg_min(message_en, rank) as first_en,
        arg_min(rule, rank) as first_rule
    from (
        -- What is said about the whole file comes before what is said about a value.
        select *, 2 * case level when 'error' then 1 when 'warning' then 2 else 3 end + (indicator_id is not null)::integer as rank
        from finding
        where state = 'open'
    )
    group by submission_id
),

replaced as (
    select expected as source_name, string_agg(distinct found, '、') as replaces
    from finding
    where rule = 'superseded'
    group by expected
)

select
    s.submission_id, w.source_name, w.copy_of, s.source_sha256, s.source_format,
    s.part, s.status, s.campaign_id, c.form_id, s.unit_id, coalesce(u.name, '') as unit_zh, coalesce(u.name_en, '') as unit_en,
    coalesce(n.n_units, 0) as n_units, coalesce(n.n_filled, 0) as n_filled, coalesce(n.n_blanks, 0) as n_blanks, coalesce(n.n_read, 0) as n_read,
    coalesce(a.n_errors, 0) as n_errors, coalesce(a.n_warnings, 0) as n_warnings, coalesce(a.n_notes, 0) as n_notes,
    s.report_date, s.received_at, coalesce(r.replaces, '') as replaces,
    coalesce(a.first_zh, '') as first_zh, coalesce(a.first_en, '') as first_en,
    coalesce(a.is_rejected, false) as is_rejected,
    s.status = 'superseded' and not exists (
        select 1 from finding as x where x.submission_id = s.submission_id and x.rule = 'superseded'
    ) as is_set_aside,
    coalesce(a.first_rule, '') as first_rule
from submission as s
inner join named as w on s.submission_id = w.submission_id
left join campaign as c using (campaign_id)
left join unit as u on s.unit_id = u.unit_id
left join counts as n on s.submission_id = n.submission_id
left join said as a on s.submission_id = a.submission_id
left join replaced as r on s.source_name = r.source_name
where case when $scope = 'staged' then w.source_name like 'staged/%' else s.campaign_id = $scope end
order by w.copy_of <> '', s.status <> 'refused' or is_rejected, n_errors = 0, n_warnings = 0, w.source_name, s.part
