-- Expected units that did not exist on the first day.
select r.*, u.valid_from, u.valid_to from roster r join campaign c using (campaign_id) left join unit u using (unit_id) where u.unit_id is null or u.valid_from > c.starts_on or u.valid_to < c.starts_on
