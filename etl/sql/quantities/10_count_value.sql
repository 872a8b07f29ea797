-- One row per count that is on file (zeros included), numbered by value_id, its report and its blank numbered too: work on many
-- values goes by small numbers. Held once and wide here; what it belongs to is held narrow, and count_value shows both together.
create temp table counted as
with report as (
    select row_number() over (order by campaign_id, unit_id) as report_no, campaign_id, unit_id from (select distinct campaign_id, unit_id from current_fact)
),
blank as (
    select
        row_number() over () as blank_no, c.campaign_id, c.jurisdiction_id, c.year, c.form_id, c.basis,
        i.indicator_id, i.concept_id, k.quantity
    from campaign c
    join indicator i on i.form_id = c.form_id and i.kind = 'count'
    join concept k using (concept_id)
)
select
    row_number() over () as value_id, p.report_no, b.blank_no,
    f.submission_id, f.campaign_id, f.unit_id, f.indicator_id, f.place, f.value, f.qualifier, f.flags,
    b.jurisdiction_id, b.year, b.form_id, b.basis, b.concept_id, b.quantity, r.population,
    coalesce(regexp_matches(f.raw, '[百千万亿]'), false) as is_in_words
from current_fact f
join blank b on b.campaign_id = f.campaign_id and b.indicator_id = f.indicator_id
join report p on p.campaign_id = f.campaign_id and p.unit_id = f.unit_id
left join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
where f.value is not null;

-- The pair of events and people a count belongs to, and what it is a part of.
create temp table belonging as
with counts as (
    select value_id, report_no, blank_no, value, qualifier from counted
),
blanks as (
    select distinct blank_no, form_id, campaign_id, indicator_id, concept_id from counted
),
-- Which blank goes with which, first: few rows. A whole that is “at least” or “about” contradicts nothing.
parts as materialized (
    select p.value_id, p.report_no, wb.blank_no
    from part_pair x
    join blanks pb on pb.concept_id = x.part
    join blanks wb on wb.concept_id = x.whole and wb.campaign_id = pb.campaign_id
    join counts p on p.blank_no = pb.blank_no
    where p.qualifier in ('exact', 'at_least')
),
people as materialized (
    select p.value_id, p.report_no, eb.blank_no
    from event_pair x
    join blanks pb on pb.form_id = x.form_id and pb.indicator_id = x.people_id
    join blanks eb on eb.campaign_id = pb.campaign_id and eb.indicator_id = x.events_id
    join counts p on p.blank_no = pb.blank_no
),
wholes as (
    select p.value_id, min(w.value) as whole
    from parts p join counts w using (report_no, blank_no)
    where w.qualifier in ('exact', 'at_most')
    group by all
),
events as (
    select p.value_id, e.value_id as events_value_id, e.value as events from people p join counts e using (report_no, blank_no)
)
select * from wholes full join events using (value_id);

create temp view count_value as
select v.*, b.whole, b.events_value_id, b.events, case when b.events is not null then v.value end as people
from counted v
left join belonging b using (value_id);
