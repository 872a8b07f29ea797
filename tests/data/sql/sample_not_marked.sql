-- Campaigns with synthetic submissions that do not say so.
select c.campaign_id from campaign c join submission s using (campaign_id) where s.status <> 'refused' group by c.campaign_id, c.is_sample having bool_or(s.is_sample) <> c.is_sample
