-- Findings that someone explained; of those about no blank only the one it names, where it names one. Runs after the checks of values.
update finding set state = 'explained'
from decision as d
join submission as s on s.source_sha256 = d.source_sha256
where d.kind = 'explain' and d.state in ('applied', 'superseded')
    and finding.submission_id = s.submission_id
    and finding.rule = d.rule
    and coalesce(finding.unit_id, '') = d.unit_id
    and coalesce(finding.indicator_id, '') = d.indicator_id
    and (d.indicator_id <> '' or d.expect in ('', finding.found));
