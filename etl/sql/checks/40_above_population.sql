-- One row per participation figure above three times the unit's population.
select 'above_population' as rule, f.submission_id, f.campaign_id, f.unit_id, f.indicator_id, f.place, f.value as found, r.population as expected, null as basis_zh, null as basis_en
from current_fact f
join campaign c on c.campaign_id = f.campaign_id
join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id
join concept k on k.concept_id = i.concept_id and k.quantity in ('participation', 'audience')
join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
where r.population is not null and f.value > 3 * r.population;
