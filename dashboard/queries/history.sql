-- One row per campaign of a jurisdiction: the measure's total, its form, how many units it holds.
select c.year, c.form_id, t.value, t.qualifier, t.n_units_reported, t.n_units_expected
from campaign as c
inner join measure_total as t using (campaign_id)
where c.jurisdiction_id = $jurisdiction_id and t.measure_id = $measure_id and c.has_data
order by c.year
