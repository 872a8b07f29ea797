-- Current facts of a submission that does not count.
select f.* from fact f join submission s using (submission_id) where f.is_current and s.status <> 'current'
