-- One row per measure, in the order of the pages.
select
    measure_id, kind, unit_zh, unit_en, label_zh, label_en, hue, per_capita, from_published, definition_zh,
    definition_en
from measure
order by position
