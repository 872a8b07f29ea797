-- One row per file of the campaign, or of no known campaign, that was refused but not sent back by hand, with the first reason found,
-- not what a clerk is to do about it.
select
    s.source_name, s.campaign_id is null as is_homeless, s.unit_id, coalesce(u.short_name, '') as short_zh,
    coalesce(u.name_en, '') as name_en,
    coalesce(min_by(without_remedy(f.message_zh, f.remedy_zh), f.finding_id), '') as reason_zh,
    coalesce(min_by(without_remedy(f.message_en, f.remedy_en), f.finding_id), '') as reason_en
from submission as s
left join unit as u on u.unit_id = s.unit_id
left join finding as f on f.submission_id = s.submission_id and f.level = 'error'
where s.status = 'refused' and (s.campaign_id = $campaign_id or s.campaign_id is null)
    and s.submission_id not in (select submission_id from finding where rule = 'rejected_by_hand' and submission_id is not null)
group by all
order by s.campaign_id is null, s.source_name
