-- Counts said to be reported without a value or a range.
select f.* from fact f join campaign c using (campaign_id) join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id where i.kind = 'count' and f.state = 'reported' and f.value is null and f.low is null
