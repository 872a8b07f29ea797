-- Measures that add participation and audience.
select mc.measure_id from measure_concept mc join concept k using (concept_id) where mc.is_added group by 1 having count(distinct k.quantity) filter (k.quantity in ('participation', 'audience')) > 1
