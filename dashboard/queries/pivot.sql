-- One row per unit expected and activity that holds some of a measure: its value, or the state that says why there is none.
select
    v.unit_id, u.short_name as short_zh, u.name_en, v.activity_id, a.short_zh as activity_zh, a.short_en as activity_en,
    v.value, v.state, v.qualifier, r.population, r.population_note_zh, r.population_note_en
from measure_activity_value as v
inner join campaign as c using (campaign_id)
inner join roster as r using (campaign_id, unit_id)
inner join unit as u using (unit_id)
inner join activity as a on a.form_id = c.form_id and a.activity_id = v.activity_id
where
    v.campaign_id = $campaign_id
    and v.measure_id = $measure_id
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
order by r.position, a.position
