-- One row per measure and value in its total that an open warning names and no finding takes for a slip (those are doubtful values);
-- the largest first. Whether it weighs is for the page to say, by the total that it shows.
select
    m.measure_id, f.unit_id, u.short_name as short_zh, u.name_en, f.indicator_id, f.value
from current_fact as f
inner join campaign as c using (campaign_id)
inner join roster as r using (campaign_id, unit_id)
inner join unit as u using (unit_id)
inner join indicator as i on i.form_id = c.form_id and f.indicator_id = i.indicator_id
inner join measure_concept as m on i.concept_id = m.concept_id and m.is_added
where
    f.campaign_id = $campaign_id and f.value is not null
    and ($activity_id = '' or i.activity_id = $activity_id)
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
    and exists (
        select 1
        from finding as x
        where
            x.submission_id = f.submission_id and x.campaign_id = f.campaign_id and x.unit_id = f.unit_id
            and x.indicator_id = f.indicator_id and x.state = 'open' and x.level = 'warning'
    )
    and not exists (
        select 1
        from doubtful_value as d
        where d.campaign_id = f.campaign_id and d.unit_id = f.unit_id and d.indicator_id = f.indicator_id
    )
order by m.measure_id, f.value desc, r.position, i.position
