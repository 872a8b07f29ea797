-- Duties met without a moment, or the other way round; met after they were due.
select * from duty_status where (state in ('met', 'met_late')) <> (met_at is not null) or (state = 'met' and met_at > due_at) or (state = 'met_late' and met_at <= due_at)
