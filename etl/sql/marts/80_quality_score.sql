-- One row per unit expected and dimension. A finding that was explained or corrected no longer speaks against a figure.
with asked as (
    select r.campaign_id, r.unit_id
    from roster r
    join campaign c on c.campaign_id = r.campaign_id and c.has_data and c.basis <> 'published'
),
due as (
    select d.campaign_id, d.unit_id, count(*) as n_all, count(*) filter (d.state = 'met') as n_good
    from duty_status_at(null) d
    where d.is_report and d.owed_by = 'units' and d.state in ('met', 'met_late', 'missing')
    group by all
),
counted as (
    select f.campaign_id, f.unit_id, count(*) as n
    from current_fact f
    join campaign c using (campaign_id)
    join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id and i.kind = 'count'
    where f.value is not null
    group by all
),
doubted as (
    select
        f.campaign_id, f.unit_id, r.dimension, count(distinct f.indicator_id) as n,
        coalesce(bool_or(f.indicator_id is null and f.level <> 'note'), false) as is_whole
    from finding f
    join rule r using (rule)
    left join submission s using (submission_id)
    left join unit_standing t
        on t.campaign_id = f.campaign_id and t.submission_id = f.submission_id and t.unit_id = f.unit_id
    where f.state = 'open' and r.dimension in ('internal', 'time') and coalesce(s.status, 'current') = 'current'
        and coalesce(t.status, 'current') <> 'superseded'
    group by all
),
scores as (
    -- Of the reports received: who sent none is counted by the reporting rate, not here a second time as nothing filled.
    select a.campaign_id, a.unit_id, 'completeness' as dimension, coalesce(u.n_reported + u.n_not_applicable, 0) as n_good,
        case when u.state = 'reported' then u.n_blanks else 0 end as n_all, false as is_whole_doubted
    from asked a left join unit_report u using (campaign_id, unit_id)
    union all
    select a.campaign_id, a.unit_id, 'timeliness', coalesce(d.n_good, 0), coalesce(d.n_all, 0), false
    from asked a left join due d using (campaign_id, unit_id)
    union all
    select a.campaign_id, a.unit_id, 'internal', case when d.is_whole then 0 else coalesce(n.n, 0) - coalesce(d.n, 0) end, coalesce(n.n, 0),
        coalesce(d.is_whole, false)
    from asked a
    left join counted n using (campaign_id, unit_id)
    left join doubted d on d.campaign_id = a.campaign_id and d.unit_id = a.unit_id and d.dimension = 'internal'
    union all
    select a.campaign_id, a.unit_id, 'time', case when d.is_whole then 0 else coalesce(j.n_judged, 0) - coalesce(d.n, 0) end, coalesce(j.n_judged, 0),
        coalesce(d.is_whole, false)
    from asked a
    left join judged j on j.campaign_id = a.campaign_id and j.unit_id = a.unit_id and j.basis = 'own'
    left join doubted d on d.campaign_id = a.campaign_id and d.unit_id = a.unit_id and d.dimension = 'time'
)
insert into quality_score
select campaign_id, unit_id, dimension, greatest(n_good, 0), n_all, is_whole_doubted from scores;
