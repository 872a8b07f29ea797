-- One row per file that reports for the unit, newest revision first.
select
    s.submission_id, s.source_name, s.source_format, s.source_sha256, s.report_date, s.received_at, s.revision,
    s.status, s.is_sample
from submission as s
where
    s.campaign_id = $campaign_id
    and (
        s.unit_id = $unit_id
        or s.submission_id in (select f.submission_id from fact as f where f.unit_id = $unit_id)
    )
order by s.status <> 'current', s.revision desc nulls last, s.received_at desc nulls last
