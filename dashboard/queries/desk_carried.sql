-- One row per decision of a replaced file that the submission's own blank may take over: same unit, blank and typed text, nothing decided yet.
select d.kind, d.unit_id, d.indicator_id, d.rule, d.expect, d.value, d.reason, d.decided_by, d.decided_at, d.source_name
from decision as d
inner join submission as older on d.source_sha256 = older.source_sha256 and d.part = older.part
inner join fact as f
    on
        f.submission_id = $submission_id and f.campaign_id = older.campaign_id and f.unit_id = d.unit_id
        and f.indicator_id = d.indicator_id and coalesce(f.raw, '') = d.expect
inner join submission as newer on f.submission_id = newer.submission_id
where
    d.state = 'superseded' and d.kind in ('value', 'accept', 'explain') and f.is_current
    and not exists (
        select 1
        from decision as mine
        where
            mine.state = 'applied' and mine.source_sha256 = newer.source_sha256 and mine.part = newer.part
            and mine.unit_id = d.unit_id and mine.indicator_id = d.indicator_id
    )
    and (
        d.kind <> 'explain'
        or exists (
            select 1
            from finding as x
            where
                x.submission_id = f.submission_id and x.state = 'open' and x.rule = d.rule and x.unit_id = d.unit_id
                and x.indicator_id = d.indicator_id
        )
    )
qualify row_number() over (partition by d.unit_id, d.indicator_id, d.kind = 'explain', d.rule order by d.decided_at desc) = 1
order by f.place
