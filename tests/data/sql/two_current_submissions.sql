-- Units with two current single forms in one campaign.
select campaign_id, unit_id, count(*) from submission s where status = 'current' and unit_id is not null group by all having count(*) > 1
