-- One row per current text of a campaign's units chosen, in administrative order.
select f.unit_id, u.name as name_zh, u.name_en, i.label_zh, i.label_en, f.text, f.place, s.source_name
from current_fact as f
inner join campaign as c using (campaign_id)
inner join indicator as i on i.form_id = c.form_id and i.indicator_id = f.indicator_id and i.kind = 'text'
inner join unit as u on u.unit_id = f.unit_id
inner join submission as s on s.submission_id = f.submission_id
left join roster as r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
where f.campaign_id = $campaign_id and f.state = 'reported' and f.text is not null
    and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
order by r.position
