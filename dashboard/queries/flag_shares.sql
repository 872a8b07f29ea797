-- One row per yes/no blank of the campaign's form, in the form's order: how many expected units say yes, no, otherwise.
select
    i.indicator_id, i.label_zh, i.label_en,
    (count(*) filter (where f.value = 1))::integer as n_yes,
    (count(*) filter (where f.value = 0))::integer as n_no,
    (count(*) filter (where p.state = 'reported' and f.state = 'not_applicable'))::integer as n_not_applicable,
    (count(*) filter (
        where p.state = 'reported' and f.value is null and coalesce(is_asked(f.state), true)
    ))::integer as n_not_filled,
    (count(*) filter (where p.state = 'reported' and f.state = 'not_asked'))::integer as n_not_asked,
    (count(*) filter (where p.state <> 'reported'))::integer as n_not_reported
from campaign as c
inner join indicator as i on i.form_id = c.form_id and i.kind = 'flag'
inner join unit_report as p using (campaign_id)
inner join unit as u on u.unit_id = p.unit_id
left join current_blank as f
    on f.campaign_id = c.campaign_id and f.unit_id = p.unit_id and f.indicator_id = i.indicator_id
where c.campaign_id = $campaign_id and ($scope = '' or in_scope($scope, u.unit_id, u.kind))
group by i.indicator_id, i.label_zh, i.label_en, i.position
order by i.position
