-- One row per finding that is no mere note on published figures, newest year first; nobody here can mend them.
select
    c.title_zh, c.title_en, without_remedy(f.message_zh, f.remedy_zh) as message_zh,
    without_remedy(f.message_en, f.remedy_en) as message_en, f.place, coalesce(s.quote, '') as quote,
    coalesce(s.source, '') as source, coalesce(s.url, '') as url
from finding as f
inner join campaign as c on f.campaign_id = c.campaign_id and c.basis = 'published'
left join fact_source as s on s.submission_id = f.submission_id and s.indicator_id = f.indicator_id
where f.level in ('error', 'warning')
order by c.year desc, f.finding_id
