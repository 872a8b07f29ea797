-- One row per campaign with values that count, of the units on its roster: how many.
select f.campaign_id, count(*)::integer as n_values
from current_fact as f
inner join roster as r using (campaign_id, unit_id)
where f.value is not null or f.text is not null
group by f.campaign_id
order by f.campaign_id
