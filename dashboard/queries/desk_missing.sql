-- One row per unit of the campaign that has not reported, in administrative order, with what it sent all the same and why that does
-- not count: the newest file that says it is the unit's, or is named after it ('' for none).
with placed as (
    -- What came together: one upload, one folder.
    select
        submission_id, campaign_id,
        coalesce(
            nullif(regexp_extract(source_name, '^(staged|(inbox/)?\d{4}-\d\d-\d\d)/'), ''),
            regexp_extract(source_name, '^(.*/)?', 1)
        ) as folder
    from submission
),

neighbours as (
    -- The campaign, of those that have this unit, of most files that came together with a file of no known campaign.
    select p.submission_id, r.unit_id, arg_max(o.campaign_id, (o.n_files, o.campaign_id)) as campaign_id
    from placed as p
    inner join (
        select folder, campaign_id, count(*) as n_files from placed where campaign_id is not null group by all
    ) as o on p.folder = o.folder
    inner join roster as r on o.campaign_id = r.campaign_id
    where p.campaign_id is null
    group by all
),

received as (
    select
        s.submission_id, s.source_name, s.received_at, r.unit_id, s.campaign_id is null as is_guessed,
        arg_min(
            coalesce(nullif(case when x.rule = 'rejected_by_hand' then x.found end, ''), k.title_zh, ''),
            (not list_contains(string_split($reasons, ','), x.rule), x.level <> 'error', x.indicator_id is not null, x.finding_id)
        ) as why_zh,
        arg_min(
            coalesce(nullif(case when x.rule = 'rejected_by_hand' then x.found end, ''), k.title_en, ''),
            (not list_contains(string_split($reasons, ','), x.rule), x.level <> 'error', x.indicator_id is not null, x.finding_id)
        ) as why_en
    from submission as s
    inner join campaign as c on c.campaign_id = $campaign_id
    inner join roster as r on r.campaign_id = c.campaign_id
    inner join unit as u on r.unit_id = u.unit_id
    left join neighbours as b on s.submission_id = b.submission_id and r.unit_id = b.unit_id
    left join finding as x on s.submission_id = x.submission_id and x.state = 'open'
    left join rule as k on x.rule = k.rule
    where
        -- A file of no known campaign may be this one's when this one is proposed for it, or is that of the files it came with; where
        -- none of these says anything, when it arrived in its year.
        (
            s.campaign_id = c.campaign_id
            or (
                s.campaign_id is null
                and (
                    coalesce(b.campaign_id = c.campaign_id, year(s.received_at) = c.year)
                    or exists (
                        select 1 from finding as p
                        where p.submission_id = s.submission_id and list_contains(string_split(p.proposal, ' / '), c.campaign_id)
                    )
                )
            )
        )
        and (
            s.unit_id = r.unit_id
            or (
                s.unit_id is null and s.status = 'refused'
                and contains(regexp_extract(s.source_name, '[^/]*$'), u.short_name)
            )
        )
    group by all
)

select
    r.unit_id, u.name as name_zh, u.name_en, f.title_zh as form_zh, f.title_en as form_en,
    coalesce(arg_max(v.source_name, (v.received_at, v.source_name)), '') as received_name,
    coalesce(arg_max(v.why_zh, (v.received_at, v.source_name)), '') as why_zh,
    coalesce(arg_max(v.why_en, (v.received_at, v.source_name)), '') as why_en,
    coalesce(arg_max(v.is_guessed, (v.received_at, v.source_name)), false) as is_guessed
from roster as r
inner join campaign as c using (campaign_id)
inner join form as f on c.form_id = f.form_id
inner join unit as u using (unit_id)
left join unit_report as p on p.campaign_id = r.campaign_id and p.unit_id = r.unit_id
left join received as v on r.unit_id = v.unit_id
where r.campaign_id = $campaign_id and coalesce(p.state, 'not_reported') = 'not_reported'
group by r.unit_id, u.name, u.name_en, f.title_zh, f.title_en, r.position
order by r.position
