-- One row per report (campaign and unit) that is a table sent in, with every quantity a rule on reports may name.
-- Figures below same_from are equal by chance too often; those said to be rounded (约, 余, 万) are no heaping.
create temp table on_report as
with report as (
    select f.campaign_id, f.unit_id, any_value(f.submission_id) as submission_id, count(*) as n_blanks,
        count(*) filter (is_answer(f.state)) as n_answered
    from current_fact f join campaign c using (campaign_id)
    where c.basis <> 'published'
    group by all
),
figures as (
    select v.report_no, v.blank_no, v.campaign_id, v.unit_id, v.indicator_id, v.value, v.qualifier, list_contains(v.flags, 'rounded') as is_rounded
    from counted v
    where v.basis <> 'published' and v.value >= (select value from setting where name = 'same_from')
),
numbered as (
    select campaign_id, form_id, lag(campaign_id) over w as base_campaign_id, lag(form_id) over w as base_form_id
    from campaign where has_data and form_id is not null
    window w as (partition by jurisdiction_id order by year)
),
-- Few reports have a last year that is loaded, in most loads none has.
before as (
    select f.campaign_id, f.unit_id, f.indicator_id, f.value
    from figures f semi join numbered n on n.base_campaign_id = f.campaign_id
),
last_year as (
    select f.campaign_id, f.unit_id, count(*) as n_both_years, count(*) filter (f.value = b.value) as n_same_year
    from numbered n
    join figures f on f.campaign_id = n.campaign_id
    join before b on b.campaign_id = n.base_campaign_id and b.unit_id = f.unit_id and b.indicator_id = f.indicator_id
    where n.form_id = n.base_form_id
    group by all
),
-- Figures that stand side by side, or with one between them. In a copy most such pairs are equal; two reports of which one here
-- and one there is equal by chance have hardly any. Only reports with several equal pairs are counted out figure by figure,
-- so that the work grows with what is copied and not with the square of the reports that say 12 or 20 somewhere.
neighbour as (
    select report_no, blank_no, value, unnest([next_no, after_next_no]) as next_no, unnest([next_value, after_next_value]) as next_value
    from (
        select
            report_no, blank_no, value, lead(blank_no) over w as next_no, lead(value) over w as next_value,
            lead(blank_no, 2) over w as after_next_no, lead(value, 2) over w as after_next_value
        from figures window w as (partition by report_no order by blank_no)
    )
),
alike as materialized (
    select f.report_no, o.report_no as other_no
    from neighbour f
    join neighbour o using (blank_no, value, next_no, next_value)
    where f.report_no < o.report_no
    group by all
    having count(*) >= (select value from setting where name = 'copied_min_values') / 2
),
equal as (
    select a.report_no, a.other_no, count(*) as n_same_unit
    from alike a
    join figures f on f.report_no = a.report_no
    join figures o on o.report_no = a.other_no and o.blank_no = f.blank_no and o.value = f.value
    group by all
),
same as (
    select report_no, other_no, n_same_unit from equal
    union all
    select other_no, report_no, n_same_unit from equal
),
likest as (
    select report_no, max(n_same_unit) as n_same_unit, arg_max(other_no, (n_same_unit, other_no)) as other_no
    from same group by all
),
other_unit as (
    select l.report_no, l.n_same_unit, any_value(o.unit_id) as other_id, count(*) as n_both_units
    from likest l
    join figures f on f.report_no = l.report_no
    join figures o on o.report_no = l.other_no and o.blank_no = f.blank_no
    group by l.report_no, l.n_same_unit
),
exact as (
    select
        report_no, count(*) as n_exact, count(*) filter (value % 10 = 0) as n_tens,
        count(*) filter (value >= 100) as n_hundred, count(*) filter (value >= 100 and value % 100 = 0) as n_hundreds
    from figures
    where qualifier = 'exact' and not is_rounded
    group by all
),
-- The chance of as many round figures or more if last digits fell by chance: a tail of the binomial distribution.
chances as (
    select
        *,
        list_sum([exp(lgamma(n_exact + 1) - lgamma(k + 1) - lgamma(n_exact - k + 1) + k * ln(0.1) + (n_exact - k) * ln(0.9))
            for k in range(n_tens, n_exact + 1)]) as tens_chance,
        list_sum([exp(lgamma(n_hundred + 1) - lgamma(k + 1) - lgamma(n_hundred - k + 1) + k * ln(0.01) + (n_hundred - k) * ln(0.99))
            for k in range(n_hundreds, n_hundred + 1)]) as hundreds_chance
    from exact
)
select
    t.submission_id, t.campaign_id, t.unit_id, null as indicator_id, s.source_name as place, t.n_blanks, t.n_answered,
    coalesce(x.n_other_form, 0) as n_other_form,
    y.n_both_years, y.n_same_year, y.n_same_year / y.n_both_years as share_same_year,
    o.n_both_units, o.n_same_unit, o.n_same_unit / o.n_both_units as share_same_unit, u.name as other_unit,
    h.n_exact, h.n_tens, h.n_hundreds, h.n_hundred, least(h.tens_chance, h.hundreds_chance) as heaping_chance,
    case when h.tens_chance <= h.hundreds_chance then h.n_tens else h.n_hundreds end as n_round,
    case when h.tens_chance <= h.hundreds_chance then h.n_exact else h.n_hundred end as n_could_be_round,
    case when h.tens_chance <= h.hundreds_chance then '0' else '00' end as round_ending
from report t
join submission s using (submission_id)
-- Another year's form: its blanks are not this one's.
left join (select submission_id, count(*) as n_other_form from finding where rule = 'form_year_mismatch' group by all) x using (submission_id)
left join (select distinct report_no, campaign_id, unit_id from figures) f
    on f.campaign_id = t.campaign_id and f.unit_id = t.unit_id
left join last_year y on y.campaign_id = t.campaign_id and y.unit_id = t.unit_id
left join other_unit o on o.report_no = f.report_no
left join unit u on u.unit_id = o.other_id
left join chances h on h.report_no = f.report_no;
