-- One row per blank of the submission, as read, the doubtful ones first, those of a level as they stand in the file.
with worst as (
    select
        coalesce(unit_id, '') as unit_id, indicator_id,
        min(case level when 'error' then 1 when 'warning' then 2 else 3 end) as rank,
        arg_min(rule, case level when 'error' then 1 when 'warning' then 2 else 3 end) as rule,
        arg_min(message_zh, case level when 'error' then 1 when 'warning' then 2 else 3 end) as message_zh,
        arg_min(message_en, case level when 'error' then 1 when 'warning' then 2 else 3 end) as message_en,
        max(proposal) as proposal
    from finding
    where
        submission_id = $submission_id and indicator_id is not null and state = 'open'
        -- These are about a whole column and stand by the file.
        and not list_contains(string_split($of_columns, ','), rule)
    group by all
)

select
    f.unit_id, coalesce(u.name, '') as unit_zh, coalesce(u.name_en, '') as unit_en, i.position, f.indicator_id,
    i.label_zh, i.label_en, i.kind, i.unit as measured_in, f.value, f.text, f.qualifier, f.state,
    coalesce(f.raw, '') as raw, f.place,
    case
        when f.decision_id is not null then 4
        -- One remark on the whole file says how many blanks of a scan show nothing.
        when f.state = 'needs_ocr' and w.rank is null then 3
        -- Nothing was typed there: what may be said of that, a finding says.
        when f.state in ('not_filled', 'not_applicable', 'explicit_zero', 'row_missing', 'not_reported') then coalesce(w.rank, 4)
        when f.value is null and f.text is null then 0
        else coalesce(w.rank, 4)
    end::integer as doubt,
    case w.rank when 1 then 'error' when 2 then 'warning' when 3 then 'note' else '' end as level,
    coalesce(w.rule, '') as rule, coalesce(w.proposal, '') as proposal, coalesce(w.message_zh, '') as message_zh,
    coalesce(w.message_en, '') as message_en, f.decision_id, list_contains(f.flags, 'confirmed') as is_confirmed
from fact as f
inner join submission as s using (submission_id)
left join campaign as c on s.campaign_id = c.campaign_id
inner join indicator as i on f.indicator_id = i.indicator_id and i.form_id = c.form_id
left join unit as u on f.unit_id = u.unit_id
left join worst as w on w.unit_id = coalesce(f.unit_id, '') and w.indicator_id = f.indicator_id
where f.submission_id = $submission_id
order by
    -- What a table leaves out comes last; most leave out most of the form.
    doubt, w.rank, f.state = 'row_missing' and doubt = 4, doubt = 3 and f.value is null and f.text is null,
    -- A table's rows stand in any order; a form's blanks are numbered in theirs.
    case when s.unit_id is null then in_document(f.place) end, u.position, i.position
