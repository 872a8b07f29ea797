-- Findings about a submission that is not there.
select f.* from finding f anti join submission s using (submission_id) where f.submission_id is not null
