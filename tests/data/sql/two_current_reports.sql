-- Units with two current submissions in one campaign.
select campaign_id, unit_id, count(distinct submission_id) from current_fact group by 1, 2 having count(distinct submission_id) > 1
