-- Units of a submission without one fact for every blank of the form.
select s.submission_id, f.unit_id, count(*) from fact f join submission s using (submission_id) join campaign c on c.campaign_id = s.campaign_id where s.status <> 'refused' and f.unit_id is not null group by all having count(*) <> (select count(*) from indicator i where i.form_id = any_value(c.form_id))
