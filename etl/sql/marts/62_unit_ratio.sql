-- One row per campaign, unit and pair of blanks for events and people that both stand in its attendance per event.
create temp table attended_pair as
-- only where both were reported and something was held; an audience was reached, it did not attend
select e.campaign_id, e.unit_id, x.events_id, x.people_id, e.value as events, p.value as people
from campaign c
join event_pair x on x.form_id = c.form_id
join indicator i on i.form_id = c.form_id and i.indicator_id = x.people_id
join concept k on k.concept_id = i.concept_id and k.quantity = 'participation'
join current_fact e on e.campaign_id = c.campaign_id and e.indicator_id = x.events_id and e.value > 0
join current_fact p
    on p.campaign_id = c.campaign_id and p.indicator_id = x.people_id and p.unit_id = e.unit_id and p.value is not null
where c.basis <> 'published';

-- One row per campaign, unit that reported and ratio that means the same whatever the form: numerator and denominator apart.
insert into unit_ratio
with attended as (
    select campaign_id, unit_id, sum(people) as numerator, sum(events) as denominator, count(*) as n_parts
    from attended_pair
    group by all
),
cases as (
    -- the form is due when the month ends: what it holds was exposed from the campaign's first day to its last
    select v.campaign_id, v.unit_id, v.value as numerator,
        date_diff('month', c.starts_on, c.ends_on + interval 1 day) as denominator
    from measure_value v
    join campaign c using (campaign_id)
    where v.measure_id = 'typical_cases' and v.value is not null and c.basis <> 'published'
)
select campaign_id, unit_id, 'attendance_per_event', numerator, denominator, n_parts::integer from attended
union all
select campaign_id, unit_id, 'cases_per_month', numerator, denominator, denominator::integer from cases
union all
-- The same share as the score of completeness and the chart of how full the tables are.
select campaign_id, unit_id, 'share_filled', 100.0 * (n_reported + n_not_applicable), n_blanks, n_blanks
from unit_report join campaign using (campaign_id)
where state = 'reported' and basis <> 'published' and n_blanks > 0
union all
select campaign_id, unit_id, 'share_zero', 100.0 * n_zero, n_blanks - n_not_applicable, n_blanks
from unit_report join campaign using (campaign_id)
where state = 'reported' and basis <> 'published' and n_blanks > n_not_applicable
union all
select campaign_id, unit_id, 'days_late', days_late, 1, 1
from unit_report join campaign using (campaign_id)
where state = 'reported' and basis <> 'published' and days_late is not null;

-- What those ratios rest on and is in doubt: slips of the pen, and people per event that can't be.
insert into ratio_doubt
select d.campaign_id, d.unit_id, 'attendance_per_event', d.indicator_id, d.value, d.proposal, d.usual, d.off, d.indicator_id = a.events_id
from doubtful_value d
join attended_pair a
    on a.campaign_id = d.campaign_id and a.unit_id = d.unit_id and d.indicator_id in (a.events_id, a.people_id)
union all
select f.campaign_id, f.unit_id, 'attendance_per_event', f.indicator_id, a.people, '', '', a.people, false
from finding f
join attended_pair a on a.campaign_id = f.campaign_id and a.unit_id = f.unit_id and a.people_id = f.indicator_id
anti join doubtful_value d
    on d.campaign_id = f.campaign_id and d.unit_id = f.unit_id and d.indicator_id = f.indicator_id
where f.rule = 'ratio_outlier' and f.state = 'open'
union all
select d.campaign_id, d.unit_id, 'cases_per_month', d.indicator_id, d.value, d.proposal, d.usual, d.off, false
from doubtful_value d
join campaign c on c.campaign_id = d.campaign_id and c.basis <> 'published'
join indicator i on i.form_id = c.form_id and i.indicator_id = d.indicator_id
join measure_concept m on m.concept_id = i.concept_id and m.is_added and m.measure_id = 'typical_cases';
