-- One row per decision, newest first, without those that were decided anew; what it names (unit, campaign, blank, rule) as people know it.
with blank as (
    select s.source_sha256, i.indicator_id, any_value(i.label_zh) as label_zh, any_value(i.label_en) as label_en
    from submission as s
    inner join campaign as c using (campaign_id)
    inner join indicator as i using (form_id)
    group by s.source_sha256, i.indicator_id
),

-- The names of blanks of files that are gone, or of no known campaign.
any_blank as (
    select indicator_id, any_value(label_zh) as label_zh, any_value(label_en) as label_en from indicator group by indicator_id
),

confirmed as (select distinct decision_id from fact where list_contains(flags, 'confirmed'))

select
    d.decision_id, d.decided_at, d.decided_by, case when k.decision_id is null then d.kind else 'confirm' end as kind, d.reason, d.source_name,
    coalesce(u.name, '') as unit_zh, coalesce(u.name_en, '') as unit_en,
    case when d.kind = 'column' then '' else coalesce(b.label_zh, y.label_zh, r.title_zh, '') end as label_zh,
    case when d.kind = 'column' then '' else coalesce(b.label_en, y.label_en, r.title_en, '') end as label_en,
    d.expect, d.value,
    coalesce(to_unit.name, to_campaign.title_zh, to_blank.label_zh, d.value) as value_zh,
    coalesce(to_unit.name_en, to_campaign.title_en, to_blank.label_en, d.value) as value_en,
    d.state, d.found
from decision as d
left join unit as u on d.unit_id = u.unit_id
left join unit as to_unit on d.kind = 'unit' and d.value = to_unit.unit_id
left join campaign as to_campaign on d.kind = 'campaign' and d.value = to_campaign.campaign_id
left join campaign as of_column on d.kind = 'column' and d.value = of_column.campaign_id
left join indicator as to_blank on of_column.form_id = to_blank.form_id and d.indicator_id = to_blank.indicator_id
left join blank as b on d.source_sha256 = b.source_sha256 and d.indicator_id = b.indicator_id
left join any_blank as y on d.indicator_id = y.indicator_id
left join confirmed as k on d.decision_id = k.decision_id
left join rule as r on d.rule = r.rule
where
    not (d.state = 'withdrawn' and d.found <> '')
    and not (
        d.state = 'superseded'
        and exists (
            select 1
            from decision as anew
            inner join submission as newer on anew.source_sha256 = newer.source_sha256 and anew.part = newer.part
            inner join submission as older on newer.campaign_id = older.campaign_id and older.source_sha256 = d.source_sha256
            where
                anew.state = 'applied' and anew.indicator_id <> '' and anew.decided_at >= d.decided_at
                and (anew.kind = 'explain') = (d.kind = 'explain') and anew.rule = d.rule
                and anew.unit_id = d.unit_id and anew.indicator_id = d.indicator_id and anew.expect = d.expect
        )
    )
order by d.decided_at desc, d.decision_id
