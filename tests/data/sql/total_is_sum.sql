-- Totals that are not the sum of their units.
select t.campaign_id, t.measure_id, t.value, sum(v.value) from measure_total t join measure_value v using (campaign_id, measure_id) join measure m using (measure_id) where m.kind = 'sum' group by all having t.value is distinct from sum(v.value)
