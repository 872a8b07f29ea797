-- One row per value: participants without an event, fewer people than events, implausibly many people per event.
with pairs as (
    select p.submission_id, p.campaign_id, p.unit_id, p.indicator_id, p.place, e.value as events, e.state as events_state, p.value as people
    from campaign c
    join event_pair x on x.form_id = c.form_id
    join current_fact e on e.campaign_id = c.campaign_id and e.indicator_id = x.events_id
    join current_fact p on p.campaign_id = c.campaign_id and p.indicator_id = x.people_id and p.unit_id = e.unit_id
    where e.value is not null and p.value is not null
),
ratios as (
    select *, people / events as ratio from pairs where events > 0 and people > 0
),
own as (
    select campaign_id, unit_id, median(ratio) as mid, count(*) as n from ratios group by all
),
peers as (
    select campaign_id, indicator_id, median(ratio) as mid, count(*) as n from ratios group by all
)
select 'attendance_without_event' as rule, submission_id, campaign_id, unit_id, indicator_id, place,
    people as found, events as expected, null as basis_zh, null as basis_en
from pairs where events = 0 and people > 0
union all
select 'fewer_people_than_events', submission_id, campaign_id, unit_id, indicator_id, place, people, events, null, null
from pairs where events > 0 and people < events
union all
select 'ratio_outlier', submission_id, campaign_id, unit_id, indicator_id, place, round(ratio), null, null, null
from ratios where ratio > (select value from setting where name = 'ratio_per_event_high')
union all
-- Far above the same report's other events, and not because this kind of event draws more people everywhere.
select 'ratio_outlier', r.submission_id, r.campaign_id, r.unit_id, r.indicator_id, r.place, round(r.ratio), round(o.mid), null, null
from ratios r
join own o using (campaign_id, unit_id)
join peers p using (campaign_id, indicator_id)
where o.n >= (select value from setting where name = 'ratio_beside_pairs')
    and r.ratio <= (select value from setting where name = 'ratio_per_event_high')
    and r.ratio >= (select value from setting where name = 'ratio_beside_floor')
    and r.ratio >= o.mid * (select value from setting where name = 'ratio_beside')
    and (p.n < 3 or r.ratio >= p.mid * (select value from setting where name = 'ratio_peer_share'));
