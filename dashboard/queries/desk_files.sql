-- One row per file and form in it of the scope ('staged': what was uploaded and waits; 'open': what nobody has dealt with, and the
-- files of the digests in $held; else a campaign), copies of another file too; those that need a look first, those that are settled last.
with named as (
    select submission_id, source_name, '' as copy_of from submission
    union all
    -- Uploaded again, a file that is not counted is no mere copy: the same may be done about it.
    select
        submission_id, unnest(also_named) as source_name,
        case
            when $scope = 'staged' and status = 'refused' and source_name not like 'staged/%' then ''
            else source_name
        end as copy_of
    from submission
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
        submission_id, bool_or(rule = 'rejected_by_hand') as is_rejected, bool_or(rule = 'superseded') as is_replaced,
        bool_or(list_contains(string_split($unknown, ','), rule)) as has_unknown,
        count(*) filter (level = 'error') as n_errors,
        count(*) filter (level = 'warning') as n_warnings,
        count(*) filter (level = 'note') as n_notes,
        arg_min(message_zh, rank) as first_zh,
        arg_min(message_en, rank) as first_en,
        arg_min(rule, rank) as first_rule
    from (
        -- Why the file does not count comes first, what is said about the whole file before what is said about a value.
        select
            *,
            (
                not list_contains(string_split($reasons, ','), rule), case level when 'error' then 1 when 'warning' then 2 else 3 end,
                indicator_id is not null, finding_id
            ) as rank
        from finding
        where state = 'open'
    )
    group by submission_id
),

own as (
    -- The name without folders and without the number that a second file of that name gets.
    select
        submission_id, unit_id, status, received_at,
        regexp_replace(regexp_extract(source_name, '[^/]*$'), ' \(\d+\)(\.[^.]*)?$', '\1') as own_name
    from submission
),

-- What a clerk still has to do something about: not counted and not sent back, or counted without a single value that was read, or
-- without the rows whose unit is unknown.
-- A file that could not be opened is dealt with when it came again under its own name, which names the unit that it now counts for.
undone as (
    select s.submission_id
    from own as s
    left join counts as n on s.submission_id = n.submission_id
    left join said as a on s.submission_id = a.submission_id
    where
        (
            s.status = 'refused' and not coalesce(a.is_rejected, false)
            and (
                n.n_blanks > 0 or not exists (
                    select 1
                    from own as newer
                    inner join unit as u on newer.unit_id = u.unit_id
                    where
                        newer.status = 'current' and newer.received_at >= s.received_at
                        and newer.own_name = s.own_name and contains(s.own_name, u.short_name)
                )
            )
        )
        or (s.status = 'current' and ((n.n_blanks > 0 and n.n_read = 0 and a.n_errors > 0) or a.has_unknown))
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
    s.status = 'superseded' and not coalesce(a.is_replaced, false) as is_set_aside,
    coalesce(a.first_rule, '') as first_rule, o.submission_id is not null as is_undone, s.is_sample
from submission as s
inner join named as w on s.submission_id = w.submission_id
left join campaign as c using (campaign_id)
left join unit as u on s.unit_id = u.unit_id
left join counts as n on s.submission_id = n.submission_id
left join said as a on s.submission_id = a.submission_id
left join replaced as r on s.source_name = r.source_name
left join undone as o on s.submission_id = o.submission_id
where
    case $scope
        when 'staged' then w.source_name like 'staged/%'
        when 'open' then w.source_name = s.source_name and (
            o.submission_id is not null or list_contains(string_split($held, ','), s.source_sha256)
        )
        else s.campaign_id = $scope
    end
order by
    w.copy_of <> '', s.status <> 'current' and o.submission_id is null and (s.status = 'refused' or coalesce(a.is_replaced, false)), s.status <> 'refused', n_errors = 0,
    n_warnings = 0, w.source_name, s.part
