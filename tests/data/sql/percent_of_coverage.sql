-- Percentages of percentages.
select k.* from comparison k join measure m using (measure_id) where m.kind = 'coverage' and k.pct is not null
