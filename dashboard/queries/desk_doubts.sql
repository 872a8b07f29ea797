-- One row per campaign, measure and value in its total that an open finding takes for too large or a slip, or that any open warning
-- names and that is a twentieth of the total or more; the largest first.
select
    f.campaign_id, m.measure_id, u.short_name as unit_zh, u.name_en as unit_en, f.value
from current_fact as f
inner join campaign as c using (campaign_id)
inner join roster as r using (campaign_id, unit_id)
inner join unit as u using (unit_id)
inner join indicator as i on i.form_id = c.form_id and f.indicator_id = i.indicator_id
inner join measure_concept as m on i.concept_id = m.concept_id and m.is_added
left join measure_total as t on t.campaign_id = f.campaign_id and t.measure_id = m.measure_id
where
    f.value is not null
    and exists (
        select 1
        from finding as x
        where
            x.submission_id = f.submission_id and x.campaign_id = f.campaign_id and x.unit_id = f.unit_id
            and x.indicator_id = f.indicator_id and x.state = 'open'
            and (
                x.rule in ('implausible', 'scale_suspect', 'above_population', 'ratio_outlier')
                or (x.level = 'warning' and f.value >= 0.05 * t.value)
            )
    )
order by f.campaign_id, m.measure_id, f.value desc, r.position, i.position
