-- Units of a campaign with a map that have no point.
select r.* from roster r join campaign c using (campaign_id) join unit u using (unit_id) where c.layer_id is not null and (u.lon is null or u.lat is null)
