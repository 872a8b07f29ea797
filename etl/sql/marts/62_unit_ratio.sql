-- One row per campaign, unit that reported and ratio that means the same whatever the form: numerator and denominator apart.
insert into unit_ratio
with attended as (
    -- only where both were reported and something was held; an audience was reached, it did not attend
    select e.campaign_id, e.unit_id, sum(p.value) as numerator, sum(e.value) as denominator, count(*) as n_parts
    from campaign c
    join event_pair x on x.form_id = c.form_id
    join indicator i on i.form_id = c.form_id and i.indicator_id = x.people_id
    join concept k on k.concept_id = i.concept_id and k.quantity = 'participation'
    join current_fact e on e.campaign_id = c.campaign_id and e.indicator_id = x.events_id and e.value > 0
    join current_fact p
        on p.campaign_id = c.campaign_id and p.indicator_id = x.people_id and p.unit_id = e.unit_id and p.value is not null
    where c.basis <> 'published'
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
select campaign_id, unit_id, 'share_filled', 100.0 * n_reported, n_blanks - n_not_applicable, n_blanks
from unit_report join campaign using (campaign_id)
where state = 'reported' and basis <> 'published' and n_blanks > n_not_applicable
union all
select campaign_id, unit_id, 'share_zero', 100.0 * n_zero, n_blanks - n_not_applicable, n_blanks
from unit_report join campaign using (campaign_id)
where state = 'reported' and basis <> 'published' and n_blanks > n_not_applicable
union all
select campaign_id, unit_id, 'days_late', days_late, 1, 1
from unit_report join campaign using (campaign_id)
where state = 'reported' and basis <> 'published' and days_late is not null;
