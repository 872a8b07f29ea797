-- One row per measure, pair of years, unit and part of the two whole totals: comparable, blanks, form, units, districts.
insert into change_part
with standing as (
    -- one row per pair of years and unit of either year: under which unit's name its figures stand, and whether a bridge refuses them
    select y.campaign_id, y.base_campaign_id, r.campaign_id as of_campaign_id, r.unit_id,
        case
            when r.campaign_id = y.campaign_id then r.unit_id
            else coalesce(
                (select min(k.unit_id) from unit_map k where k.campaign_id = y.campaign_id
                    and k.base_campaign_id = y.base_campaign_id and k.base_unit_id = r.unit_id),
                r.unit_id
            )
        end as stands_for,
        exists (
            select 1 from unit_map k where k.campaign_id = y.campaign_id and k.base_campaign_id = y.base_campaign_id
                and k.unit_grade = 'refuse' and r.unit_id in (k.unit_id, k.base_unit_id)
        ) as is_refused
    from year_pair y
    join roster r on r.campaign_id in (y.campaign_id, y.base_campaign_id)
),
usable as (
    select distinct p.campaign_id, p.base_campaign_id, p.measure_id, s.campaign_id as of_campaign_id,
        unnest(case when s.campaign_id = p.campaign_id then p.indicator_ids else p.base_indicator_ids end) as indicator_id
    from pair_map p
    join campaign s on s.campaign_id in (p.campaign_id, p.base_campaign_id)
    where p.is_comparable and p.grade <> 'refuse'
),
compared as (
    -- one row per blank that a unit's comparison of a measure uses
    select distinct y.campaign_id, y.base_campaign_id, d.measure_id, d.unit_id, y.campaign_id as of_campaign_id,
        unnest(d.indicator_ids) as indicator_id
    from comparison_detail d join year_pair y using (jurisdiction_id, year, base_year)
    union
    select distinct y.campaign_id, y.base_campaign_id, d.measure_id, d.unit_id, y.base_campaign_id,
        unnest(d.base_indicator_ids)
    from comparison_detail d join year_pair y using (jurisdiction_id, year, base_year)
),
told as (
    -- one row per pair of years, measure, unit and side with a number: all of the measure; of it what has a partner in the other
    -- form but was filled in this year only, and what has none
    select s.campaign_id, s.base_campaign_id, m.measure_id, s.stands_for as unit_id, s.unit_id as own_unit_id,
        s.of_campaign_id = s.campaign_id as is_now, s.is_refused,
        sum(f.value) as whole,
        sum(f.value) filter (u.indicator_id is not null and k.indicator_id is null) as alone,
        sum(f.value) filter (u.indicator_id is null) as unpaired
    from standing s
    join campaign c on c.campaign_id = s.of_campaign_id
    join indicator i on i.form_id = c.form_id and i.kind = 'count'
    join measure_concept mc on mc.concept_id = i.concept_id and mc.is_added
    join measure m on m.measure_id = mc.measure_id and m.kind = 'sum' and (c.basis <> 'published' or m.from_published)
    join current_fact f on f.campaign_id = s.of_campaign_id and f.unit_id = s.unit_id and f.indicator_id = i.indicator_id
    left join usable u on u.campaign_id = s.campaign_id and u.base_campaign_id = s.base_campaign_id
        and u.measure_id = m.measure_id and u.of_campaign_id = s.of_campaign_id and u.indicator_id = i.indicator_id
    left join compared k on k.campaign_id = s.campaign_id and k.base_campaign_id = s.base_campaign_id
        and k.measure_id = m.measure_id and k.unit_id = s.stands_for and k.of_campaign_id = s.of_campaign_id
        and k.indicator_id = i.indicator_id
    group by all
    having sum(f.value) is not null
),
bases as (
    -- how many base units stand for a later unit
    select campaign_id, base_campaign_id, unit_id, count(*) as n_base_units
    from unit_map
    group by all
),
sides as (
    select t.campaign_id, t.base_campaign_id, t.measure_id, t.unit_id, bool_or(t.is_refused) as is_refused,
        sum(t.whole) filter (t.is_now) as whole, sum(t.whole) filter (not t.is_now) as base_whole,
        sum(t.alone) filter (t.is_now) as alone, sum(t.alone) filter (not t.is_now) as base_alone,
        sum(t.unpaired) filter (t.is_now) as unpaired, sum(t.unpaired) filter (not t.is_now) as base_unpaired,
        count(*) filter (t.is_now) = 1
            and count(*) filter (not t.is_now) = coalesce(any_value(b.n_base_units), 1) as has_both
    from told t
    left join bases b on b.campaign_id = t.campaign_id and b.base_campaign_id = t.base_campaign_id and b.unit_id = t.unit_id
    group by all
),
known as (
    select y.jurisdiction_id, y.year, y.base_year, s.*, c.value as same, c.base_value as base_same
    from sides s
    join year_pair y using (campaign_id, base_campaign_id)
    left join comparison c on c.jurisdiction_id = y.jurisdiction_id and c.year = y.year and c.base_year = y.base_year
        and c.measure_id = s.measure_id and c.unit_id = s.unit_id
),
parts as (
    select jurisdiction_id, measure_id, year, base_year, unit_id, 'comparable' as part, same as value, base_same as base_value
    from known
    union all
    select jurisdiction_id, measure_id, year, base_year, unit_id, case when is_refused then 'districts' else 'units' end,
        whole - coalesce(same, 0), base_whole - coalesce(base_same, 0)
    from known
    where is_refused or not has_both
    union all
    select jurisdiction_id, measure_id, year, base_year, unit_id, 'blanks', alone, base_alone
    from known
    where has_both and not is_refused
    union all
    select jurisdiction_id, measure_id, year, base_year, unit_id, 'form', unpaired, base_unpaired
    from known
    where has_both and not is_refused
)
select jurisdiction_id, measure_id, year, base_year, unit_id, part, value, base_value
from parts
where value is not null or base_value is not null;
