-- One row per open finding about a submission as a whole, one of its units or columns, not about a value that was read; why it does not
-- count comes first, then errors, those of a level as they stand in the file.
select
    x.level, x.rule, coalesce(x.unit_id, '') as unit_id, coalesce(x.indicator_id, '') as indicator_id, x.place, x.found, x.expected,
    coalesce(x.proposal, '') as proposal, coalesce(i.label_zh, '') as label_zh, coalesce(i.label_en, '') as label_en,
    x.message_zh, x.message_en, coalesce(k.title_zh, '') as title_zh, coalesce(k.title_en, '') as title_en
from finding as x
inner join submission as s using (submission_id)
left join campaign as c on s.campaign_id = c.campaign_id
left join rule as k on x.rule = k.rule
left join indicator as i on c.form_id = i.form_id and x.indicator_id = i.indicator_id
where
    x.submission_id = $submission_id and x.state = 'open'
    and (
        x.indicator_id is null or list_contains(string_split($of_columns, ','), x.rule)
        or not exists (
            select 1
            from fact as f
            where
                f.submission_id = x.submission_id and f.indicator_id = x.indicator_id
                and coalesce(f.unit_id, '') = coalesce(x.unit_id, '')
        )
    )
order by
    not list_contains(string_split($reasons, ','), x.rule), case x.level when 'error' then 1 when 'warning' then 2 else 3 end,
    in_document(x.place), x.place, x.finding_id
