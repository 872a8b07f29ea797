-- One row per measure and value of either year that adds to it and that an open finding takes for a slip: how far the total would
-- move. All measures at once: each page asks for several, and few values are doubtful.
with doubted as (
    select c.jurisdiction_id, c.year, c.form_id, d.*
    from doubtful_value as d
    inner join campaign as c using (campaign_id)
    where c.jurisdiction_id = $jurisdiction_id and c.year in ($year, $base_year)
),

compared as (
    select d.*
    from comparison_detail as d
    inner join unit as u using (unit_id)
    where
        d.jurisdiction_id = $jurisdiction_id
        and d.year = $year and d.base_year = $base_year
        and ($activity_id = '' or d.activity_id = $activity_id)
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
)

select
    m.measure_id, o.year, o.unit_id, u.short_name as short_zh, u.name_en, i.indicator_id, i.label_zh, i.label_en, o.value,
    o.proposal, o.usual, o.off,
    (
        o.year = $year and ($activity_id = '' or i.activity_id = $activity_id)
        and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
    ) as is_added,
    exists(
        select 1 from compared as d
        where
            d.measure_id = m.measure_id
            and list_contains(if(o.year = $year, d.indicator_ids, d.base_indicator_ids), o.indicator_id)
            and (
                d.unit_id = o.unit_id
                -- A district that others became: their figures of the base year stand under its name.
                or exists(
                    select 1 from unit_bridge as b
                    where o.year = $base_year and b.unit_id = d.unit_id and list_contains(b.base_unit_ids, o.unit_id)
                )
            )
    ) as is_compared
from doubted as o
inner join unit as u using (unit_id)
inner join indicator as i on i.form_id = o.form_id and i.indicator_id = o.indicator_id
inner join measure_concept as m on m.concept_id = i.concept_id and m.is_added
order by o.year desc, o.off desc, u.position
