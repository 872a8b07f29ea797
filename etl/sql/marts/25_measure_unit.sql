-- One row per form and measure that the form asks for: the unit of the blanks it adds. Where they have several, the measure's
-- own unit holds them all. A blank in the measure's own unit keeps the measure's English word, which says more.
insert into measure_unit
select i.form_id, m.measure_id,
    case when count(distinct i.unit) = 1 then min(i.unit) else m.unit_zh end,
    case when count(distinct i.unit) = 1 and min(i.unit) <> m.unit_zh then min(i.unit_en) else m.unit_en end
from indicator i
join measure_concept mc on mc.concept_id = i.concept_id and mc.is_added
join measure m using (measure_id)
where m.kind = 'sum'
group by i.form_id, m.measure_id, m.unit_zh, m.unit_en;
