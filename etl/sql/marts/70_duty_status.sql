-- One row per campaign, expected unit, duty and due date. What is due is judged as of the newest arrival in the inputs.
insert into duty_status
with as_of as (
    select coalesce(max(moment_at), timestamp '1970-01-01') as moment
    from (select max(received_at) as moment_at from submission union all select max(happened_at) from evidence)
),
streams as (
    select distinct campaign_id, kind from evidence
    union
    select distinct campaign_id, 'table' from submission where status <> 'refused'
),
acts as (
    select campaign_id, unit_id, kind, happened_at from evidence
    union all
    select s.campaign_id, f.unit_id, 'table', s.received_at
    from submission s
    join (select distinct submission_id, unit_id from fact where state <> 'not_reported') f using (submission_id)
    where s.status <> 'refused' and f.unit_id is not null
),
expected as (
    select d.*, r.unit_id, d.due_at - interval 7 day as week_from, d.due_at + interval 2 day as week_to,
        date_trunc('month', d.due_at) as month_from
    from duty d
    join roster r on r.campaign_id = d.campaign_id
    where exists (select 1 from submission s where s.campaign_id = d.campaign_id and s.status <> 'refused')
),
matched as (
    select e.campaign_id, e.unit_id, e.duty_id, e.due_no, min(a.happened_at) as met_at
    from expected e
    join acts a on a.campaign_id = e.campaign_id and a.unit_id = e.unit_id and a.kind = e.kind
        and case e.period
            when 'monthly' then date_trunc('month', a.happened_at) = e.month_from
            when 'weekly' then a.happened_at > e.week_from + interval 2 day and a.happened_at <= e.week_to
            else true
        end
    group by all
)
select e.campaign_id, e.unit_id, e.duty_id, e.kind, e.label_zh, e.label_en, e.quote,
    case e.period when 'monthly' then strftime(e.due_at, '%Y-%m') when 'weekly' then strftime(e.due_at, '%Y-%m-%d') else '' end,
    e.due_at, m.met_at,
    case
        when m.met_at <= e.due_at then 'met'
        when m.met_at is not null then 'met_late'
        when e.due_at > (select moment from as_of) then 'not_due'
        when e.due_no = 1 and f.value >= e.min_count then 'soft'
        when st.kind is null then 'no_evidence'
        else 'missing'
    end,
    case
        when m.met_at is not null then strftime(m.met_at, '%Y-%m-%d %H:%M')
        when e.due_no = 1 and f.value >= e.min_count then e.evidence_indicator_id
        else ''
    end
from expected e
left join matched m using (campaign_id, unit_id, duty_id, due_no)
left join streams st on st.campaign_id = e.campaign_id and st.kind = e.kind
left join current_fact f
    on f.campaign_id = e.campaign_id and f.unit_id = e.unit_id and f.indicator_id = e.evidence_indicator_id;
