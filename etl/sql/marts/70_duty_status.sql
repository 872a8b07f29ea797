-- The states as known at each campaign's clock.
insert into duty_status
select
    s.campaign_id, s.unit_id, s.duty_id, s.kind, d.label_zh, d.label_en, d.quote, s.period_key, s.due_at, s.met_at, s.state,
    s.evidence
from duty_status_at(null) as s
inner join duty as d using (campaign_id, duty_id, due_no);
