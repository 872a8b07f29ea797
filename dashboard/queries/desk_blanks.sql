-- One row per blank of the form that the submission's campaign asks for, in the form's order, and whether the submission reads it.
select
    i.indicator_id, i.position, i.label_zh, i.label_en,
    exists (
        select 1
        from fact as f
        where f.submission_id = s.submission_id and f.indicator_id = i.indicator_id and f.state <> 'row_missing'
    ) as is_read
from submission as s
inner join campaign as c using (campaign_id)
inner join indicator as i using (form_id)
where s.submission_id = $submission_id
order by i.position
