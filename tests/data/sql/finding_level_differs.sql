-- Findings with another level than their rule.
select f.finding_id, f.level, r.level from finding f join rule r using (rule) where f.level <> r.level
