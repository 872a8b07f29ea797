-- Facts whose submission is not there.
select f.* from fact f anti join submission s using (submission_id)
