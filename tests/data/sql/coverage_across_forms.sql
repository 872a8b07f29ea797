-- Coverage compared between two forms.
select k.* from comparison k join measure m using (measure_id) join campaign n on n.jurisdiction_id = k.jurisdiction_id and n.year = k.year join campaign b on b.jurisdiction_id = k.jurisdiction_id and b.year = k.base_year where m.kind = 'coverage' and n.form_id <> b.form_id and (k.grade <> 'refuse' or k.value is not null)
