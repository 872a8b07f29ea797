-- One row per blank of the submission that counts otherwise than it was typed by a decision, or than the unit's report before it, in the form's order.
with resent as (
    -- The report that each of the submission's units had sent before, as the finding about the changes names it.
    select x.unit_id, older.submission_id, older.source_name
    from finding as x
    inner join submission as s on x.submission_id = s.submission_id
    inner join submission as older
        on older.campaign_id = s.campaign_id and older.source_name = x.expected and older.submission_id <> s.submission_id
    where x.submission_id = $submission_id and x.rule = 'value_corrected'
    qualify row_number() over (partition by x.unit_id order by older.received_at desc, older.submission_id) = 1
)

select
    coalesce(u.name, '') as unit_zh, coalesce(u.name_en, '') as unit_en, i.label_zh, i.label_en, i.kind,
    case when d.decision_id is null then r.source_name else '' end as older_name,
    case when d.decision_id is null then coalesce(o.raw, '') else coalesce(f.raw, '') end as old_raw,
    f.value, f.text, f.qualifier, f.state, f.place, coalesce(d.kind, '') as decided_kind, coalesce(d.reason, '') as reason
from fact as f
inner join submission as s using (submission_id)
inner join campaign as c on s.campaign_id = c.campaign_id
inner join indicator as i on f.indicator_id = i.indicator_id and c.form_id = i.form_id
left join unit as u on f.unit_id = u.unit_id
left join decision as d on f.decision_id = d.decision_id
left join resent as r on f.unit_id = r.unit_id
left join fact as o on r.submission_id = o.submission_id and f.unit_id = o.unit_id and f.indicator_id = o.indicator_id
where
    f.submission_id = $submission_id and f.unit_id is not null
    and (
        (d.decision_id is not null and not list_contains(f.flags, 'confirmed'))
        -- Where both say the same and the older one was corrected here, the district changed nothing; what it left open before it has
        -- said now.
        or (
            r.submission_id is not null and f.value is not null and coalesce(o.raw, '') <> ''
            and f.value is distinct from o.value and f.raw is distinct from o.raw
        )
    )
order by u.position, u.name, i.position
