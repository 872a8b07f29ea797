-- One row per campaign of the files that came together with a submission (the same upload, the same folder), the one of most files first.
with placed as (
    select
        submission_id, campaign_id, received_at,
        coalesce(
            nullif(regexp_extract(source_name, '^(staged|(inbox/)?\d{4}-\d\d-\d\d)/'), ''),
            regexp_extract(source_name, '^(.*/)?', 1)
        ) as folder
    from submission
)

select o.campaign_id, count(distinct o.submission_id) as n_files
from placed as s
inner join placed as o on s.folder = o.folder and s.submission_id <> o.submission_id
where s.submission_id = $submission_id and o.campaign_id is not null
group by o.campaign_id
order by n_files desc, o.campaign_id
