-- Who owes what, and which acts count for which due date. A campaign without any submission owes nothing yet.
-- Silence is known up to the load, so each campaign's clock stands at its own last arrival or the last due moment passed
-- by then: between two due moments no state changes, and the same inputs give the same tables. A made-up past has no
-- today: samples speak up to the last of them.
insert into reporting_clock
with arrived as (
    select campaign_id, max(received_at) as last_at, bool_and(is_sample) as is_sample
    from submission
    where status <> 'refused'
    group by all
),
loaded as (
    select c.campaign_id, a.last_at, m.known_until, coalesce(m.known_until, i.built_at) as loaded_at
    from campaign as c
    cross join release_info as i
    left join arrived as a using (campaign_id)
    left join (select max(received_at) as known_until from submission where is_sample) as m on a.is_sample
),
spoken as (
    select l.*, greatest(l.last_at, (
        select max(d.due_at) from duty as d where d.campaign_id = l.campaign_id and d.due_at <= l.loaded_at
    )) as as_of
    from loaded as l
)
select campaign_id, case when as_of > loaded_at then loaded_at else as_of end, known_until from spoken;

-- A file that names a later arrival was there when it was loaded.
create temp table arrival as
select s.submission_id, case when s.received_at > l.loaded_at then l.loaded_at else s.received_at end as came_at
from submission as s
left join (
    select k.campaign_id, coalesce(k.known_until, i.built_at) as loaded_at from reporting_clock as k cross join release_info as i
) as l using (campaign_id);

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
    select
        e.campaign_id, e.unit_id, e.kind, e.happened_at as met_at,
        case when e.happened_at is null and a.came_at < e.known_at then a.came_at else e.known_at end as known_at, e.period,
        e.amount, e.note
    from evidence as e
    left join arrival as a using (submission_id)
    union all
    select s.campaign_id, f.unit_id, 'table', a.came_at, a.came_at, '', null, s.source_name
    from submission as s
    inner join arrival as a using (submission_id)
    inner join answered as f using (submission_id)
    where s.status <> 'refused' and a.came_at is not null
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
        f.campaign_id, f.unit_id, f.indicator_id, f.value, a.came_at as received_at,
        f.state in ('unreadable', 'unquantified', 'see_attachment') as is_withheld,
        f.is_current::integer * 1000000 + coalesce(s.revision, 0) as rank
    from fact as f
    inner join submission as s using (submission_id)
    inner join arrival as a using (submission_id)
    where s.status <> 'refused' and f.unit_id is not null and f.state <> 'not_reported' and a.came_at is not null
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
