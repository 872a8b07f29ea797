-- Values that count although their file was refused.
select f.* from current_fact f join submission s using (submission_id) where s.status = 'refused'
