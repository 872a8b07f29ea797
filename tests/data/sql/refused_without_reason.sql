-- Refused comparisons that do not say why in both languages.
select * from comparison where grade = 'refuse' and jurisdiction_id <> 'china' and unit_id is null and (note_zh = '' or note_en = '') and exists (select 1 from measure m where m.measure_id = comparison.measure_id and m.kind = 'coverage')
