-- One row per file that reports for the unit, newest revision first; status is what the file is for this unit.
select
    s.submission_id, s.source_name, s.source_format, s.source_sha256, s.report_date, s.received_at, s.revision,
    coalesce(t.status, s.status) as status, s.is_sample
from submission as s
left join unit_standing as t
    on t.campaign_id = s.campaign_id and t.submission_id = s.submission_id and t.unit_id = $unit_id
where
    s.campaign_id = $campaign_id
    and (s.unit_id = $unit_id or t.unit_id is not null)
order by coalesce(t.status, s.status) <> 'current', s.revision desc nulls last, s.received_at desc nulls last
