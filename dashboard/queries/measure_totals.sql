-- One row per measure of the campaign: the total over all units.
select measure_id, value, qualifier, n_units_reported, n_units_expected
from measure_total
where campaign_id = $campaign_id
