-- Like for like. First, one row per measure, pair of years, unit and comparable indicator pair with numbers on both sides.
create temp table year_pair as
select n.jurisdiction_id, n.year, b.year as base_year, n.campaign_id, b.campaign_id as base_campaign_id,
    n.form_id, b.form_id as base_form_id, n.starts_on, b.starts_on as base_starts_on
from campaign n
join campaign b on b.jurisdiction_id = n.jurisdiction_id and b.year < n.year
where n.has_data and b.has_data and n.form_id is not null and b.form_id is not null;

-- One row per pair of years, later unit and base unit it is compared with.
create temp table unit_map as
select y.campaign_id, y.base_campaign_id, r.unit_id, r.unit_id as base_unit_id, 'same' as unit_grade,
    '' as reason_zh, '' as reason_en
from year_pair y
join roster r on r.campaign_id = y.campaign_id
join roster b on b.campaign_id = y.base_campaign_id and b.unit_id = r.unit_id
where not exists (
    select 1 from unit_bridge g
    where g.jurisdiction_id = y.jurisdiction_id and g.unit_id = r.unit_id
        and g.changed_on > y.base_starts_on and g.changed_on <= y.starts_on
)
union all
select y.campaign_id, y.base_campaign_id, g.unit_id, unnest(g.base_unit_ids), g.grade, g.reason_zh, g.reason_en
from year_pair y
join unit_bridge g on g.jurisdiction_id = y.jurisdiction_id
    and g.changed_on > y.base_starts_on and g.changed_on <= y.starts_on;

-- One row per pair of years and pair of indicators, or group of them that compares only as a whole.
create temp table pair_declared as
select y.campaign_id, y.base_campaign_id, p.pair_no, p.base_indicator_ids, p.indicator_ids, p.grade,
    p.is_break, p.is_group, p.reason_zh, p.reason_en
from year_pair y
join comparison_pair p on p.base_form_id = y.base_form_id and p.form_id = y.form_id and y.form_id <> y.base_form_id
union all
select y.campaign_id, y.base_campaign_id, i.position, [i.indicator_id], [i.indicator_id], 'same', false, false, '', ''
from year_pair y
join indicator i on i.form_id = y.form_id and y.form_id = y.base_form_id;

-- One row per pair of years, usable pair and unit with a number on both sides: every blank a number or not applicable.
create temp table pair_value as
with usable as (
    select * from pair_declared where grade <> 'refuse'
),
now_side as (
    select u.campaign_id, u.base_campaign_id, u.pair_no, f.unit_id,
        sum(f.value) as value, count(*) filter (f.value is not null or f.state = 'not_applicable') as n_usable,
        count(*) filter (f.value is not null and f.qualifier in ('approx', 'range')) as n_approx,
        count(*) filter (f.value is not null and f.qualifier = 'at_least') as n_at_least,
        count(*) filter (f.value is not null and f.qualifier = 'at_most') as n_at_most,
        weakest(list(f.qualifier) filter (f.value is not null)) as qualifier
    from usable u
    cross join unnest(u.indicator_ids) as x(indicator_id)
    join current_fact f on f.campaign_id = u.campaign_id and f.indicator_id = x.indicator_id
    group by all
),
base_side as (
    select u.campaign_id, u.base_campaign_id, u.pair_no, k.unit_id,
        sum(f.value) as value, count(*) filter (f.value is not null or f.state = 'not_applicable') as n_usable,
        count(*) filter (f.value is not null and f.qualifier in ('approx', 'range')) as n_approx,
        count(*) filter (f.value is not null and f.qualifier = 'at_least') as n_at_least,
        count(*) filter (f.value is not null and f.qualifier = 'at_most') as n_at_most,
        weakest(list(f.qualifier) filter (f.value is not null)) as qualifier
    from usable u
    cross join unnest(u.base_indicator_ids) as x(indicator_id)
    join unit_map k on k.campaign_id = u.campaign_id and k.base_campaign_id = u.base_campaign_id and k.unit_grade <> 'refuse'
    join current_fact f
        on f.campaign_id = u.base_campaign_id and f.indicator_id = x.indicator_id and f.unit_id = k.base_unit_id
    group by all
),
base_units as (
    select campaign_id, base_campaign_id, unit_id, count(*) as n_base_units, min(unit_grade) as unit_grade
    from unit_map where unit_grade <> 'refuse'
    group by all
)
select u.campaign_id, u.base_campaign_id, u.pair_no, n.unit_id,
    case when k.unit_grade = 'close' and u.grade = 'same' then 'close' else u.grade end as grade,
    n.value, b.value as base_value,
    n.n_approx + b.n_approx as n_approx, n.n_at_least + b.n_at_least as n_at_least, n.n_at_most + b.n_at_most as n_at_most,
    n.qualifier, b.qualifier as base_qualifier
from usable u
join now_side n using (campaign_id, base_campaign_id, pair_no)
join base_side b using (campaign_id, base_campaign_id, pair_no, unit_id)
join base_units k using (campaign_id, base_campaign_id, unit_id)
join roster r on r.campaign_id = u.campaign_id and r.unit_id = n.unit_id
where n.value is not null and b.value is not null
    and n.n_usable = len(u.indicator_ids) and b.n_usable = len(u.base_indicator_ids) * k.n_base_units;

insert into comparison_group
select y.jurisdiction_id, y.year, y.base_year, v.pair_no, v.unit_id, v.value, v.base_value, v.qualifier, v.base_qualifier
from pair_value v
join pair_declared d using (campaign_id, base_campaign_id, pair_no)
join year_pair y using (campaign_id, base_campaign_id)
where d.is_group;

-- One row per pair of years, indicator pair and measure that adds both sides of it. A group is left out: it would be added twice.
create temp table pair_map as
with declared as (
    select * from pair_declared where not is_group
),
sides as (
    select d.campaign_id, d.base_campaign_id, d.pair_no, m.measure_id,
        bool_and(mc.concept_id is not null) as is_whole, min(i.activity_id) as activity_id
    from declared d
    cross join measure m
    join campaign c on c.campaign_id = d.campaign_id
    cross join unnest(d.indicator_ids) as u(indicator_id)
    join indicator i on i.form_id = c.form_id and i.indicator_id = u.indicator_id
    left join measure_concept mc on mc.measure_id = m.measure_id and mc.concept_id = i.concept_id and mc.is_added
    where m.kind = 'sum'
    group by all
),
base_sides as (
    select d.campaign_id, d.base_campaign_id, d.pair_no, m.measure_id, bool_and(mc.concept_id is not null) as is_whole
    from declared d
    cross join measure m
    join campaign c on c.campaign_id = d.base_campaign_id
    cross join unnest(d.base_indicator_ids) as u(indicator_id)
    join indicator i on i.form_id = c.form_id and i.indicator_id = u.indicator_id
    left join measure_concept mc on mc.measure_id = m.measure_id and mc.concept_id = i.concept_id and mc.is_added
    where m.kind = 'sum'
    group by all
)
select d.*, s.measure_id, s.activity_id, s.is_whole and b.is_whole as is_comparable
from declared d
join sides s using (campaign_id, base_campaign_id, pair_no)
join base_sides b using (campaign_id, base_campaign_id, pair_no, measure_id)
where s.is_whole or b.is_whole;

insert into comparison_detail
select y.jurisdiction_id, p.measure_id, y.year, y.base_year, v.unit_id, p.activity_id, p.indicator_ids, p.base_indicator_ids,
    v.grade, v.value, v.base_value, v.n_approx, v.n_at_least, v.n_at_most,
    v.qualifier, v.base_qualifier
from pair_map p
join year_pair y using (campaign_id, base_campaign_id)
join pair_value v using (campaign_id, base_campaign_id, pair_no)
where p.is_comparable;

-- One row per pair of years and measure of which no pair of indicators says why it can't be compared: what stands in the way.
create temp table unpaired as
with words(why, zh, en) as (
    values
        ('neither', '两年的表都没有这一项', 'neither form asks for it'),
        ('base', '{base} 年的表没有这一项', 'the form of {base} does not ask for it'),
        ('now', '{year} 年的表没有这一项', 'the form of {year} does not ask for it'),
        ('unstated', '两年的表格不同，怎样可比尚未说明', 'the two forms differ, and how they compare has not been stated yet'),
        ('partner', '两年的表没有相对应的指标', 'no indicator of one form has a partner in the other')
),
asked as (
    select distinct i.form_id, m.measure_id
    from indicator i
    join measure_concept m on m.concept_id = i.concept_id and m.is_added
),
found as (
    select y.jurisdiction_id, y.year, y.base_year, m.measure_id,
        case
            when m.kind = 'coverage' then 'unstated'
            when n.form_id is null and b.form_id is null then 'neither'
            when b.form_id is null then 'base'
            when n.form_id is null then 'now'
            when exists (select 1 from comparison_pair p where p.base_form_id = y.base_form_id and p.form_id = y.form_id)
                then 'partner'
            else 'unstated'
        end as why
    from year_pair y
    cross join measure m
    left join asked n on n.form_id = y.form_id and n.measure_id = m.measure_id
    left join asked b on b.form_id = y.base_form_id and b.measure_id = m.measure_id
    where m.kind = 'sum' or y.form_id <> y.base_form_id
)
select f.jurisdiction_id, f.year, f.base_year, f.measure_id,
    replace(replace(w.zh, '{base}', f.base_year::varchar), '{year}', f.year::varchar) as zh,
    replace(replace(w.en, '{base}', f.base_year::varchar), '{year}', f.year::varchar) as en
from found f
join words w using (why);

-- Then one row per measure, pair of years and unit, and the like-for-like total with unit_id null.
insert into comparison
with grade_rank(grade, rank) as (
    values ('same', 1), ('close', 2), ('close_after_sum', 3)
),
said as (
    -- each reason once, where the form's order has it first
    select y.jurisdiction_id, y.year, y.base_year, p.measure_id, p.reason_zh, p.reason_en, min(p.pair_no) as pair_no,
        bool_or(p.is_comparable and p.grade <> 'refuse') as is_comparable
    from pair_map p
    join year_pair y using (campaign_id, base_campaign_id)
    group by all
),
notes as (
    -- why pairs of this measure are close or refused; beside pairs that are compared, what is left out is said to be
    select jurisdiction_id, year, base_year, measure_id,
        concat_ws('；',
            string_agg(reason_zh, '；' order by pair_no) filter (reason_zh <> '' and is_comparable),
            case when bool_or(is_comparable) then '未计入的指标：' else '' end
            || string_agg(reason_zh, '；' order by pair_no) filter (reason_zh <> '' and not is_comparable)) as note_zh,
        concat_ws('; ',
            string_agg(reason_en, '; ' order by pair_no) filter (reason_en <> '' and is_comparable),
            case when bool_or(is_comparable) then 'left out: ' else '' end
            || string_agg(reason_en, '; ' order by pair_no) filter (reason_en <> '' and not is_comparable)) as note_en,
        bool_or(is_comparable) as has_comparable
    from said
    group by all
),
used as (
    -- what is to be said of the pairs that a unit's own change rests on
    select y.jurisdiction_id, y.year, y.base_year, p.measure_id, v.unit_id, p.reason_zh, p.reason_en, min(p.pair_no) as pair_no
    from pair_map p
    join year_pair y using (campaign_id, base_campaign_id)
    join pair_value v using (campaign_id, base_campaign_id, pair_no)
    where p.is_comparable and p.reason_zh <> ''
    group by all
),
used_notes as (
    select jurisdiction_id, year, base_year, measure_id, unit_id,
        string_agg(reason_zh, '；' order by pair_no) as note_zh, string_agg(reason_en, '; ' order by pair_no) as note_en
    from used
    group by all
),
unit_sum as (
    select d.jurisdiction_id, d.measure_id, d.year, d.base_year, d.unit_id,
        sum(d.value) as value, sum(d.base_value) as base_value, max(g.rank) as rank,
        weakest(list(d.qualifier)) as qualifier, weakest(list(d.base_qualifier)) as base_qualifier
    from comparison_detail d
    join grade_rank g using (grade)
    group by all
),
expected as (
    select y.jurisdiction_id, m.measure_id, y.year, y.base_year, r.unit_id, y.campaign_id, y.base_campaign_id
    from year_pair y
    join roster r on r.campaign_id = y.campaign_id
    cross join measure m
    where m.kind = 'sum'
),
unit_rows as (
    select e.jurisdiction_id, e.measure_id, e.year, e.base_year, e.unit_id, s.value, s.base_value, s.rank,
        s.qualifier, s.base_qualifier,
        coalesce(n.has_comparable, false) as has_comparable,
        coalesce(n.note_zh, w.zh, '') as all_zh, coalesce(n.note_en, w.en, '') as all_en,
        case when s.rank is null then coalesce(n.note_zh, w.zh, '') else coalesce(o.note_zh, '') end as note_zh,
        case when s.rank is null then coalesce(n.note_en, w.en, '') else coalesce(o.note_en, '') end as note_en,
        coalesce((select max(k.reason_zh) from unit_map k where k.campaign_id = e.campaign_id
            and k.base_campaign_id = e.base_campaign_id and k.unit_id = e.unit_id), '') as unit_zh,
        coalesce((select max(k.reason_en) from unit_map k where k.campaign_id = e.campaign_id
            and k.base_campaign_id = e.base_campaign_id and k.unit_id = e.unit_id), '') as unit_en,
        coalesce((select bool_or(k.unit_grade = 'refuse') from unit_map k where k.campaign_id = e.campaign_id
            and k.base_campaign_id = e.base_campaign_id and k.unit_id = e.unit_id), false) as is_unit_refused
    from expected e
    left join unit_sum s using (jurisdiction_id, measure_id, year, base_year, unit_id)
    left join notes n using (jurisdiction_id, measure_id, year, base_year)
    left join used_notes o using (jurisdiction_id, measure_id, year, base_year, unit_id)
    left join unpaired w
        on n.measure_id is null and w.jurisdiction_id = e.jurisdiction_id and w.measure_id = e.measure_id
        and w.year = e.year and w.base_year = e.base_year
)
select r.jurisdiction_id, r.measure_id, r.year, r.base_year, r.unit_id, r.value, r.base_value,
    r.value - r.base_value as change,
    case when r.base_value >= (select value from setting where name = 'tiny_base')
        then 100.0 * (r.value - r.base_value) / r.base_value end as pct,
    case
        when r.rank is not null then (select grade from grade_rank g where g.rank = r.rank)
        when not r.has_comparable or r.is_unit_refused then 'refuse'
        else 'missing'
    end as grade,
    (case when r.rank is null then 0 else 1 end)::integer as n_units, 1 as n_units_expected,
    trim(concat_ws('；', nullif(r.unit_zh, ''), nullif(r.note_zh, ''))) as note_zh,
    trim(concat_ws('; ', nullif(r.unit_en, ''), nullif(r.note_en, ''))) as note_en,
    coalesce(r.qualifier, 'exact') as qualifier, coalesce(r.base_qualifier, 'exact') as base_qualifier
from unit_rows r
union all
select r.jurisdiction_id, r.measure_id, r.year, r.base_year, null, sum(r.value), sum(r.base_value),
    sum(r.value) - sum(r.base_value),
    case when sum(r.base_value) >= (select value from setting where name = 'tiny_base')
        then 100.0 * (sum(r.value) - sum(r.base_value)) / sum(r.base_value) end,
    case
        when max(r.rank) is not null then (select grade from grade_rank g where g.rank = max(r.rank))
        when bool_and(not r.has_comparable) then 'refuse'
        else 'missing'
    end,
    count(r.rank)::integer, count(*)::integer,
    any_value(r.all_zh), any_value(r.all_en),
    weakest(list(r.qualifier) filter (r.qualifier is not null)),
    weakest(list(r.base_qualifier) filter (r.base_qualifier is not null))
from unit_rows r
group by r.jurisdiction_id, r.measure_id, r.year, r.base_year;

-- Activity coverage: only inside one form; change is in percentage points, never a percentage.
insert into comparison
with shares as (
    select h.campaign_id, h.unit_id,
        count(*) filter (h.state = 'held') as n_held,
        count(*) filter (is_asked(h.state)) as n_activities
    from activity_held h
    join campaign c on c.campaign_id = h.campaign_id
    join activity a on a.form_id = c.form_id and a.activity_id = h.activity_id and not a.is_optional
    group by all
    having count(*) filter (h.state in ('held', 'zero')) > 0
),
-- one row per unit asked in the later year with the base units that stand for it: all of them, or none counts
base_side as (
    select k.campaign_id, k.base_campaign_id, k.unit_id, max(k.unit_grade) as unit_grade,
        max(k.reason_zh) as unit_zh, max(k.reason_en) as unit_en,
        case when bool_and(b.n_held is not null) then sum(b.n_held) end as base_held,
        case when bool_and(b.n_held is not null) then sum(b.n_activities) end as base_activities
    from unit_map k
    left join shares b on b.campaign_id = k.base_campaign_id and b.unit_id = k.base_unit_id and b.n_activities > 0
    group by all
),
sides as (
    select y.*, r.unit_id, y.form_id = y.base_form_id as is_same_form, n.n_held, n.n_activities,
        coalesce(b.unit_grade, 'missing') as unit_grade, coalesce(b.unit_zh, '') as unit_zh, coalesce(b.unit_en, '') as unit_en,
        b.base_held, b.base_activities
    from year_pair y
    join roster r on r.campaign_id = y.campaign_id
    join campaign c on c.campaign_id = y.campaign_id and c.basis <> 'published'
    left join shares n on n.campaign_id = y.campaign_id and n.unit_id = r.unit_id and n.n_activities > 0
    left join base_side b
        on b.campaign_id = y.campaign_id and b.base_campaign_id = y.base_campaign_id and b.unit_id = r.unit_id
),
rows_ as (
    select *,
        is_same_form and unit_grade <> 'refuse' and n_held is not null and base_held is not null as is_matched,
        not is_same_form or unit_grade = 'refuse' as is_refused
    from sides
),
-- why two lists of activities are not compared, or that nobody has said whether they may be
reason as (
    select y.jurisdiction_id, y.year, y.base_year,
        coalesce(p.reason_zh, w.zh) as reason_zh, coalesce(p.reason_en, w.en) as reason_en
    from year_pair y
    join measure m on m.kind = 'coverage'
    left join comparison_pair p on p.base_form_id = y.base_form_id and p.form_id = y.form_id and p.pair_no = 0
    left join unpaired w
        on w.jurisdiction_id = y.jurisdiction_id and w.year = y.year and w.base_year = y.base_year
        and w.measure_id = m.measure_id
)
select r.jurisdiction_id, m.measure_id, r.year, r.base_year, r.unit_id,
    case when r.is_matched then 100.0 * r.n_held / r.n_activities end,
    case when r.is_matched then 100.0 * r.base_held / r.base_activities end,
    case when r.is_matched then 100.0 * r.n_held / r.n_activities - 100.0 * r.base_held / r.base_activities end,
    null,
    case when r.is_matched then r.unit_grade when r.is_refused then 'refuse' else 'missing' end,
    (case when r.is_matched then 1 else 0 end)::integer, 1,
    concat_ws('；', nullif(r.unit_zh, ''), nullif(x.reason_zh, '')),
    concat_ws('; ', nullif(r.unit_en, ''), nullif(x.reason_en, '')), 'exact', 'exact'
from rows_ r
cross join measure m
left join reason x using (jurisdiction_id, year, base_year)
where m.kind = 'coverage'
union all
select r.jurisdiction_id, m.measure_id, r.year, r.base_year, null,
    100.0 * sum(r.n_held) filter (r.is_matched) / sum(r.n_activities) filter (r.is_matched),
    100.0 * sum(r.base_held) filter (r.is_matched) / sum(r.base_activities) filter (r.is_matched),
    100.0 * sum(r.n_held) filter (r.is_matched) / sum(r.n_activities) filter (r.is_matched)
        - 100.0 * sum(r.base_held) filter (r.is_matched) / sum(r.base_activities) filter (r.is_matched),
    null,
    case
        when bool_or(r.is_matched and r.unit_grade = 'close') then 'close'
        when bool_or(r.is_matched) then 'same'
        when bool_and(not r.is_same_form) then 'refuse'
        else 'missing'
    end,
    (count(*) filter (r.is_matched))::integer, count(*)::integer,
    coalesce(any_value(x.reason_zh), ''), coalesce(any_value(x.reason_en), ''), 'exact', 'exact'
from rows_ r
cross join measure m
left join reason x using (jurisdiction_id, year, base_year)
where m.kind = 'coverage'
group by r.jurisdiction_id, m.measure_id, r.year, r.base_year;
