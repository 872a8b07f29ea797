-- One row per campaign of a jurisdiction with figures, oldest first: its form (seen, or assumed), dates, hotline, reporters among the units
-- chosen (of a campaign that expects none of them 0), and boundaries.
with reporters as (
    select
        campaign_id, count(*)::integer as n_expected, (count(*) filter (where state = 'reported'))::integer as n_reported
    from unit_report
    inner join unit as u using (unit_id)
    where $scope = '' or in_scope($scope, u.unit_id, u.kind)
    group by campaign_id
)

select
    c.year, c.campaign_id, c.form_id, c.starts_on, c.ends_on, c.tour_zh, c.tour_ends_on, c.table_due_on, c.layer_id,
    array_to_string(f.hotlines, ' / ') as hotlines, 'assumed' in (c.basis, f.completeness) as is_assumed,
    coalesce(r.n_expected, 0) as n_expected, coalesce(r.n_reported, 0) as n_reported,
    exists(
        select 1 from unit_bridge as b
        where
            b.jurisdiction_id = c.jurisdiction_id and b.changed_on <= c.starts_on
            and b.changed_on > coalesce(
                (
                    select max(o.starts_on) from campaign as o
                    where o.jurisdiction_id = c.jurisdiction_id and o.year < c.year and o.has_data
                ),
                c.starts_on
            )
    ) as has_new_districts
from campaign as c
inner join form as f using (form_id)
left join reporters as r using (campaign_id)
where c.jurisdiction_id = $jurisdiction_id and c.has_data
order by c.year
