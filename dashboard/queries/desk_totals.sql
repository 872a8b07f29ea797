-- One row per campaign with data and measure: its total over all units.
select
    t.campaign_id, t.measure_id, m.label_zh, m.label_en,
    coalesce(f.unit_zh, m.unit_zh) as unit_zh, coalesce(f.unit_en, m.unit_en) as unit_en, t.value, t.qualifier, t.n_units_reported,
    t.n_units_expected
from measure_total as t
inner join measure as m using (measure_id)
inner join campaign as c using (campaign_id)
left join measure_unit as f on f.form_id = c.form_id and f.measure_id = t.measure_id
where c.has_data
order by t.campaign_id, m.position
