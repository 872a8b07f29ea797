-- Ticks that are neither 1 nor 0.
select f.* from fact f join campaign c using (campaign_id) join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id where i.kind = 'flag' and f.value not in (0, 1)
