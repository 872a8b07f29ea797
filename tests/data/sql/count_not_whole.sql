-- Counts that are no whole number.
select f.* from fact f join campaign c using (campaign_id) join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id where i.kind = 'count' and f.value <> floor(f.value)
