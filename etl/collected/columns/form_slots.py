"""The blanks of a form as slots that the heads of a table can be aligned to."""

from __future__ import annotations

from dataclasses import replace

from etl.catalog.model import Form
from etl.extract.slots import FormSlot, plan_activity
from etl.extract.squeeze import squeeze_text


def form_slots(form: Form, activity_id: str) -> list[FormSlot]:
    """The blanks of an activity ('' : of the whole form) as slots that also answer to their catalogue label."""
    slots = []
    for activity in form.activities:
        if activity_id not in ("", activity.activity_id):
            continue
        plan = plan_activity(form, activity)
        for slot, indicator in zip(plan.slots, activity.indicators, strict=True):
            label = squeeze_text(indicator.label_zh)
            # 公开课等 stands for 公开课、大家谈、班组会.
            slots.append(replace(slot, also=(label, label.split(",")[0] + "等")))
    return slots
