-- One row per form and measure that it asks for: the unit in which that form counts it.
select form_id, measure_id, unit_zh, unit_en
from measure_unit
order by form_id, measure_id
