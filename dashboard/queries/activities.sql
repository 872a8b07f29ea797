-- One row per activity of the form, in the form's order.
select activity_id, title_zh, title_en, short_zh, short_en, is_optional
from activity
where form_id = $form_id
order by position
