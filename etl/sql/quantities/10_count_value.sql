-- One row per count that is on file (zeros included), numbered by value_id, with the pair of events and people it belongs to and what it is a part of.
create temp table count_value as
with counts as (
    select
        row_number() over () as value_id, f.submission_id, f.campaign_id, f.unit_id, f.indicator_id, f.place, f.value, f.qualifier, f.flags,
        c.jurisdiction_id, c.year, c.form_id, c.basis, i.concept_id, k.quantity, r.population
    from current_fact f
    join campaign c using (campaign_id)
    join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id and i.kind = 'count'
    join concept k using (concept_id)
    left join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
    where f.value is not null
),
-- A whole that is “at least” or “about” contradicts nothing.
wholes as (
    select p.value_id, min(w.value) as whole
    from counts p
    join part_pair x on x.part = p.concept_id
    join counts w on w.campaign_id = p.campaign_id and w.unit_id = p.unit_id and w.concept_id = x.whole
    where w.qualifier in ('exact', 'at_most') and p.qualifier in ('exact', 'at_least')
    group by all
)
select v.*, w.whole, e.value_id as events_value_id, e.value as events, case when e.value is not null then v.value end as people
from counts v
left join wholes w using (value_id)
left join event_pair x on x.form_id = v.form_id and x.people_id = v.indicator_id
left join counts e on e.campaign_id = v.campaign_id and e.unit_id = v.unit_id and e.indicator_id = x.events_id;
