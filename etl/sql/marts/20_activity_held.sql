-- One row per campaign, expected unit and activity of its form. Plans and texts (left out of the coverage measure) say nothing.
insert into activity_held
with reported as (
    select distinct campaign_id, unit_id from answered where is_current
),
cells as (
    select c.campaign_id, r.unit_id, i.activity_id, f.value, f.low, f.state,
        rep.unit_id is not null as has_reported
    from campaign c
    join indicator i on i.form_id = c.form_id
    join roster r on r.campaign_id = c.campaign_id
    left join reported rep on rep.campaign_id = c.campaign_id and rep.unit_id = r.unit_id
    left join current_blank f
        on f.campaign_id = c.campaign_id and f.unit_id = r.unit_id and f.indicator_id = i.indicator_id
    where c.has_data and c.basis <> 'published'
        and i.concept_id not in (
            select mc.concept_id from measure_concept mc join measure m using (measure_id)
            where m.kind = 'coverage' and not mc.is_added
        )
)
select
    campaign_id, unit_id, activity_id,
    case
        when not any_value(has_reported) then 'not_reported'
        when count(*) filter (value > 0 or low > 0) > 0 then 'held'
        when count(*) filter (state not in ('reported', 'explicit_zero', 'not_filled', 'not_applicable', 'not_asked', 'row_missing')) > 0
            then 'unclear'
        when count(*) filter (state in ('explicit_zero', 'reported')) > 0 then 'zero'
        when count(*) filter (state = 'not_applicable') = count(*) then 'not_applicable'
        when count(*) filter (not is_asked(state)) = count(*) then 'not_asked'
        else 'not_filled'
    end as state,
    (count(*) filter (state in ('reported', 'explicit_zero')))::integer as n_reported,
    (count(*) filter (state is distinct from 'not_asked'))::integer as n_blanks
from cells
group by campaign_id, unit_id, activity_id;
