-- One row per expected unit and activity of the campaign's form: was it held.
select
    h.unit_id, u.name as name_zh, u.short_name as short_zh, u.name_en, u.kind,
    h.activity_id, h.state, h.n_reported, h.n_blanks
from activity_held as h
inner join campaign as c using (campaign_id)
inner join roster as r on r.campaign_id = h.campaign_id and r.unit_id = h.unit_id
inner join unit as u on u.unit_id = h.unit_id
inner join activity as a on a.form_id = c.form_id and a.activity_id = h.activity_id
where h.campaign_id = $campaign_id and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
order by r.position, a.position
