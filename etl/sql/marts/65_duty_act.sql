-- Who owes what, and which acts count for which due date. A campaign without any submission owes nothing yet.
insert into reporting_clock
select coalesce(max(received_at), timestamp '1970-01-01') from submission;

insert into duty_unit
with begun as (select distinct campaign_id from submission where status <> 'refused'),
streams as (select distinct campaign_id, kind from evidence)
select
    d.campaign_id, r.unit_id, d.duty_id, d.due_no,
    len(d.applies_to) = 0 or list_contains(d.applies_to, u.kind),
    d.kind in ('table', 'field') or s.kind is not null
from duty as d
inner join begun using (campaign_id)
inner join roster as r using (campaign_id)
inner join unit as u on u.unit_id = r.unit_id
left join streams as s on s.campaign_id = d.campaign_id and s.kind = d.kind
where d.owed_by = 'units'
union all
select d.campaign_id, j.unit_id, d.duty_id, d.due_no, true, s.kind is not null
from duty as d
inner join begun using (campaign_id)
inner join campaign as c using (campaign_id)
inner join jurisdiction as j using (jurisdiction_id)
left join streams as s on s.campaign_id = d.campaign_id and s.kind = d.kind
where d.owed_by = 'office';

-- Registered acts, and tables received. An entry that names its period counts for that one, others by their date.
insert into duty_act
with deed as (
    select campaign_id, unit_id, kind, happened_at as met_at, known_at, period, amount, note from evidence
    union all
    select s.campaign_id, f.unit_id, 'table', s.received_at, s.received_at, '', null, s.source_name
    from submission as s
    inner join answered as f using (submission_id)
    where s.status <> 'refused' and s.received_at is not null
)
select e.campaign_id, e.unit_id, e.duty_id, e.due_no, a.known_at, null, a.met_at, a.amount, a.note
from duty_unit as e
inner join duty as d using (campaign_id, duty_id, due_no)
inner join deed as a on a.campaign_id = e.campaign_id and a.unit_id = e.unit_id and a.kind = d.kind
where e.applies and case
    when d.period = 'once' then true
    when a.period <> '' and (d.names_period or a.met_at is null) then a.period in (d.period_key, 'W' || d.due_no)
    else a.met_at >= d.counts_from and a.met_at < d.counts_to
end;

-- The table's own blank: evidence of a duty that asks for that number, else soft evidence of the first period.
-- At each moment the submission that counted then speaks, so a correction that takes the number back is heard.
-- What was typed and can't be counted (two numbers, a range, “多次”, “见附件”) is soft evidence for either.
insert into duty_act
with told as (
    select
        f.campaign_id, f.unit_id, f.indicator_id, f.value, s.received_at,
        f.state in ('unreadable', 'unquantified', 'see_attachment') as is_withheld,
        f.is_current::integer * 1000000 + coalesce(s.revision, 0) as rank
    from fact as f
    inner join submission as s using (submission_id)
    where s.status <> 'refused' and f.unit_id is not null and f.state <> 'not_reported' and s.received_at is not null
),
reign as (
    select t.*, (
        select min(o.received_at) from told as o
        where o.campaign_id = t.campaign_id and o.unit_id = t.unit_id and o.indicator_id = t.indicator_id
            and o.rank > t.rank
    ) as until
    from told as t
    where t.value is not null or t.is_withheld
)
select
    e.campaign_id, e.unit_id, e.duty_id, e.due_no, r.received_at, r.until,
    case when d.kind = 'field' and not r.is_withheld then r.received_at end, null, d.evidence_indicator_id
from duty_unit as e
inner join duty as d using (campaign_id, duty_id, due_no)
inner join reign as r
    on r.campaign_id = e.campaign_id and r.unit_id = e.unit_id and r.indicator_id = d.evidence_indicator_id
where e.applies and d.due_no = 1 and (r.value >= d.min_count or r.is_withheld) and (r.until is null or r.until > r.received_at);
