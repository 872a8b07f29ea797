-- One row per campaign with data and measure: its total over all units.
select
    t.campaign_id, t.measure_id, m.label_zh, m.label_en, m.unit_zh, m.unit_en, t.value, t.qualifier, t.n_units_reported,
    t.n_units_expected
from measure_total as t
inner join measure as m using (measure_id)
inner join campaign as c using (campaign_id)
where c.has_data
order by t.campaign_id, m.position
