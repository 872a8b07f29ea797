-- One row per decision, newest first.
select
    d.decision_id, d.decided_at, d.decided_by, d.kind, d.reason, d.source_name, coalesce(u.name, '') as unit_zh,
    any_value(coalesce(i.label_zh, d.indicator_id)) as label_zh, d.expect, d.value, d.state, d.found
from decision as d
left join unit as u on d.unit_id = u.unit_id
left join submission as s on d.source_sha256 = s.source_sha256
left join campaign as c on s.campaign_id = c.campaign_id
left join indicator as i on i.form_id = c.form_id and i.indicator_id = d.indicator_id
group by all
order by d.decided_at desc, d.decision_id
