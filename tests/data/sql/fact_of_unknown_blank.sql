-- Facts of a blank that the campaign's form does not have.
select f.* from fact f join campaign c using (campaign_id) anti join indicator i on i.form_id = c.form_id and i.indicator_id = f.indicator_id
