-- One row per finding of the campaign, those of superseded files last, errors first, then in administrative order ($unit_id '' means all units).
select
    f.finding_id, f.level, f.rule, coalesce(r.title_zh, f.rule) as rule_zh, coalesce(r.title_en, f.rule) as rule_en,
    f.unit_id, coalesce(u.name, '') as unit_zh, coalesce(u.name_en, '') as unit_en, f.indicator_id,
    coalesce(i.label_zh, '') as indicator_zh, coalesce(i.label_en, '') as indicator_en, f.submission_id,
    f.place, f.found, f.expected, f.proposal, f.message_zh, f.message_en, case when t.status = 'superseded' then t.status else coalesce(s.status, '') end as status,
    f.state, coalesce(s.source_name, '') as source_name,
    without_remedy(f.message_zh, f.remedy_zh) as meaning_zh, without_remedy(f.message_en, f.remedy_en) as meaning_en
from finding as f
left join rule as r using (rule)
left join submission as s on s.submission_id = f.submission_id
left join unit_standing as t
    on t.campaign_id = f.campaign_id and t.submission_id = f.submission_id and t.unit_id = f.unit_id
left join unit as u on f.unit_id = u.unit_id
left join campaign as c on f.campaign_id = c.campaign_id
left join indicator as i on i.form_id = c.form_id and i.indicator_id = f.indicator_id
where f.campaign_id = $campaign_id and ($unit_id = '' or f.unit_id = $unit_id)
order by coalesce(t.status, s.status, '') = 'superseded', case f.level when 'error' then 1 when 'warning' then 2 else 3 end, u.position, f.finding_id
