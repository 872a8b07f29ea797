-- Units with an activity twice.
select campaign_id, unit_id, activity_id from activity_held group by all having count(*) > 1
