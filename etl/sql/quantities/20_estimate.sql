-- One row per positive count and source of an expectation: how far off on the log scale, and how far such figures usually are.
-- own: another year of the same unit; peers: the year's other units; pair: its events or its people.
create temp table estimate as
with s as (
    select
        max(value) filter (name = 'history_years') as history_years,
        max(value) filter (name = 'outlier_min_peers') as enough,
        max(value) filter (name = 'peers_min') as few,
        max(value) filter (name = 'spread_floor') as floor,
        max(value) filter (name = 'spread_unknown') as unknown,
        max(value) filter (name = 'mad_scale') as scale
    from setting
),
counts as (
    select value_id, report_no, blank_no, campaign_id, unit_id, indicator_id, year, ln(value) as log_value
    from counted where value > 0
),
-- --- own history: the same blank, or its one close partner in another form
matched as (
    select n.campaign_id, b.campaign_id as base_campaign_id, i.indicator_id, i.indicator_id as base_indicator_id
    from campaign n
    join campaign b on b.jurisdiction_id = n.jurisdiction_id and b.campaign_id <> n.campaign_id and b.form_id = n.form_id and b.has_data
    join indicator i on i.form_id = n.form_id
    union all
    select n.campaign_id, b.campaign_id, p.now_id, p.base_id
    from campaign n
    join campaign b on b.jurisdiction_id = n.jurisdiction_id and b.form_id <> n.form_id and b.has_data
    join (
        select form_id, base_form_id, indicator_ids[1] as now_id, base_indicator_ids[1] as base_id
        from comparison_pair
        where grade in ('same', 'close') and not is_break and len(indicator_ids) = 1 and len(base_indicator_ids) = 1
        union all
        select base_form_id, form_id, base_indicator_ids[1], indicator_ids[1]
        from comparison_pair
        where grade in ('same', 'close') and not is_break and len(indicator_ids) = 1 and len(base_indicator_ids) = 1
    ) p on p.form_id = n.form_id and p.base_form_id = b.form_id
),
changes as (
    select
        v.value_id, v.campaign_id, m.base_campaign_id, v.indicator_id, v.log_value - b.log_value as change,
        row_number() over (partition by v.value_id order by abs(v.year - b.year), b.year) as nearness
    from matched m
    join counts v on v.campaign_id = m.campaign_id and v.indicator_id = m.indicator_id
    join counts b on b.campaign_id = m.base_campaign_id and b.indicator_id = m.base_indicator_id and b.unit_id = v.unit_id
),
usual_change as (
    select campaign_id, base_campaign_id, indicator_id, median(change) as mid, count(*) as n from changes group by all
),
shifted as (
    select
        c.value_id, c.campaign_id, c.base_campaign_id, c.nearness,
        c.change - case when u.n >= s.enough then u.mid else 0 end as off
    from changes c join usual_change u using (campaign_id, base_campaign_id, indicator_id) cross join s
),
change_spread as (
    select campaign_id, base_campaign_id, mad(off) as spread, count(*) as n from shifted group by all
),
own as (
    select
        c.value_id, 'own' as source, c.off,
        case when m.n >= s.enough then greatest(m.spread * s.scale, s.floor) else s.unknown end as spread,
        m.n >= s.enough as is_enough
    from shifted c join change_spread m using (campaign_id, base_campaign_id) cross join s
    where c.nearness <= s.history_years
),
-- --- peers: what is left when the blank's level and the unit's size are taken off (medians)
levels as (
    select blank_no, median(log_value) as mid, count(*) as n from counts group by all
),
sizes as (
    select report_no, median(log_value - l.mid) as size, count(*) as n
    from counts join levels l using (blank_no) cross join s
    where l.n >= s.few
    group by all
),
sized as (
    select v.value_id, v.campaign_id, v.blank_no, l.n, v.log_value - case when z.n >= s.enough then z.size else 0 end as left_over
    from counts v join levels l using (blank_no) join sizes z using (report_no) cross join s
    where l.n >= s.few
),
sized_level as (
    select blank_no, median(left_over) as mid, mad(left_over) as spread from sized group by all
),
peer_off as (
    select z.*, z.left_over - l.mid as off, l.spread from sized z join sized_level l using (blank_no)
),
peer_spread as (
    select campaign_id, mad(off) as spread, count(*) as n from peer_off group by all
),
peers as (
    select
        p.value_id, 'peers' as source, p.off,
        case
            when p.n >= s.enough then greatest(p.spread * s.scale, m.spread * s.scale, s.floor)
            when m.n >= s.enough then greatest(m.spread * s.scale, s.floor)
            else s.unknown
        end as spread,
        p.n >= s.enough as is_enough
    from peer_off p join peer_spread m using (campaign_id) cross join s
),
-- --- the pair: people per event, against the same pair of the other units
pairs as (
    select value_id, events_value_id, blank_no, ln(people / events) as ratio
    from count_value
    where people > 0 and events > 0
),
pair_level as (
    select blank_no, median(ratio) as mid, mad(ratio) as spread, count(*) as n from pairs group by all
),
pair_off as (
    select
        p.value_id, p.events_value_id, p.ratio - l.mid as off, l.n >= s.enough as is_enough,
        case when l.n >= s.enough then greatest(l.spread * s.scale, s.floor) else s.unknown end as spread
    from pairs p join pair_level l using (blank_no) cross join s
    where l.n >= s.few
)
select value_id, source, off, spread, is_enough from own
union all
select value_id, source, off, spread, is_enough from peers
union all
select value_id, 'pair', off, spread, is_enough from pair_off
union all
select events_value_id, 'pair', -off, spread, is_enough from pair_off;
