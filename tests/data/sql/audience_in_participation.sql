-- Broad measures that add a concept they say they leave out.
select a.measure_id, a.concept_id from measure_concept a join measure_concept b using (measure_id, concept_id) where a.is_added and not b.is_added
