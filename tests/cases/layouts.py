"""Whole files around typed numbers: ways to write a blank, a cell, a form, a collected table. The truth goes along."""

from __future__ import annotations

import random
import re
from typing import Any

from etl.catalog.model import Campaign, Form, Indicator, Unit
from tests.cases.habits import HABITS, PLAIN, Truth, type_number

Truths = dict[tuple[str, str], Truth]
BLANK = re.compile(r"[（(]\s*⟪(.*?)⟫\s*[)）]", re.DOTALL)
BLANKS = {
    "as printed": None,
    "full width": "（{}）",
    "half width": "({})",
    "mixed pair": "（{})",
    "square": "【{}】",
    "corner": "〔{}〕",
    "underscores": "___{}___",
    "underlined": "⟦u: {} ⟧",
    "bare": "{}",
    "bare with spaces": " {} ",
}
SIMPLE = ("underscores", "underlined", "bare", "bare with spaces")  # no brackets: only plain ways to write a number
CELLS = ("as printed", "shuffled", "one added", "one line", "half-width marks", "no marks at the end")


def type_form(form: Form, rng: random.Random, habits: dict[str, Any]) -> dict[str, Truth]:
    """Something typed into every blank."""
    typed = {}
    for indicator in form.indicators:
        if indicator.kind == "flag":
            typed[indicator.indicator_id] = rng.choice(
                [Truth("☑是□否", 1.0), Truth("□是☑否", 0.0), Truth("□是□否", None, "not_filled")]
            )
        elif indicator.kind == "text":
            typed[indicator.indicator_id] = Truth("", None, "not_filled")
        else:
            typed[indicator.indicator_id] = type_number(indicator.unit, rng, habits)
    return typed


def word_file(
    form: Form, campaign: Campaign, unit: Unit, rng: random.Random
) -> tuple[dict[str, Any], dict[str, Truth], str]:
    """A recipe, what it holds, and the name of its layout."""
    blank, cell, shape = (
        rng.choice(list(BLANKS)),
        rng.choice(CELLS),
        rng.choice(("form", "form", "two tables", "paragraphs")),
    )
    typed = type_form(form, rng, PLAIN if blank in SIMPLE else HABITS)
    texts = {a.activity_id: _cell(a, typed, BLANKS[blank], cell, rng) for a in form.activities}
    header = {"reporting_unit": unit.name, "report_date": f"{campaign.year}年7月1日"}
    recipe: dict[str, Any] = {"campaign": campaign.campaign_id, "progress": texts, "header": header}
    rows = [[a.title_zh, a.requirement_zh, texts[a.activity_id]] for a in form.activities]
    first = f"填报单位（盖章）：{unit.name}　填报日期：{campaign.year}年7月1日"
    head = ["活动项目", "内容要求", "进展情况"]
    if shape == "two tables" and len(rows) > 1:
        at = rng.randint(1, len(rows) - 1)
        recipe["blocks"] = [form.title_zh, first, {"rows": [head, *rows[:at]]}, {"rows": [head, *rows[at:]]}]
    elif shape == "paragraphs":
        recipe["blocks"] = [form.title_zh, first, *(line for r in rows for line in (r[0], r[2]))]
    return recipe, typed, f"{blank} / {cell} / {shape}"


def _cell(activity: Any, typed: dict[str, Truth], blank: str | None, cell: str, rng: random.Random) -> str:
    parts = []
    for part in activity.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        said = typed[part.indicator_id].typed
        is_flag = said.endswith(("否", "☑否"))
        parts.append(said if is_flag else f"⟪{said}⟫")
    text = "".join(parts)
    if cell == "shuffled":
        lines = [line.strip("；;。.") for line in re.split(r"\n(?![^⟪]*⟫)", text)]
        rng.shuffle(lines)
        text = "；\n".join(lines) + "。"
    elif cell == "one added":
        text += f"\n另：投入经费（{rng.randint(900_000, 999_999)}）元。"
    elif cell == "one line":
        text = text.replace("\n", "")
    elif cell == "half-width marks":
        text = re.sub(r"[，；。](?![^⟪]*⟫)", lambda m: {"，": ",", "；": ";", "。": "."}[m.group(0)], text)
    elif cell == "no marks at the end":
        text = text.rstrip("；。;.")

    def write(match: re.Match[str]) -> str:
        said = match.group(1)
        pattern = blank if blank and said.strip() else match.group(0).replace("⟪" + said + "⟫", "{}")
        return pattern.format(said)

    return BLANK.sub(write, text)


# --- collected tables

TABLES = ("flat", "three rows", "turned", "sheet a unit", "sheet an activity", "csv", "departments")
CODES = (("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("utf-16", "\t"), ("gb18030", "\t"))


def table_file(
    form: Form, campaign: Campaign, units: list[Unit], rng: random.Random
) -> tuple[dict[str, Any], Truths, str]:
    """A collected table of some units and some of the form's counts."""
    kind = rng.choice(TABLES)
    counts = [i for i in form.indicators if i.kind == "count"]
    chosen = rng.sample(units, k=min(len(units), rng.randint(2, 6)))
    columns = sorted(rng.sample(counts, k=min(len(counts), rng.randint(4, 20))), key=lambda i: i.position)
    habits = {k: v for k, v in HABITS.items() if k not in ("line break", "spaces around")}
    if kind == "departments":
        habits = PLAIN
    truths = {(u.unit_id, i.indicator_id): type_number(i.unit, rng, habits) for u in chosen for i in columns}
    for unit in chosen:
        # A row with nothing in it at all would not be a row.
        truths[unit.unit_id, columns[0].indicator_id] = type_number(columns[0].unit, rng, PLAIN)
    build = {"three rows": _three_rows, "turned": _turned, "sheet a unit": _by_unit, "sheet an activity": _by_activity, "csv": _csv, "departments": _departments}.get(kind, _flat)  # fmt: skip
    recipe = build(form, chosen, columns, truths, rng)
    return {"campaign": campaign.campaign_id, **recipe}, truths, kind


def _stored(truth: Truth, rng: random.Random) -> Any:
    """As text, or as the number it is."""
    said = truth.typed
    return int(said) if said.isascii() and said.isdigit() and rng.random() < 0.7 else said or None


def _head(indicator: Indicator) -> str:
    return f"{indicator.label_zh}（{indicator.unit}）"


def _rows(chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random) -> list[list[Any]]:
    return [[u.name, *(_stored(truths[u.unit_id, i.indicator_id], rng) for i in columns)] for u in chosen]


def _total(columns: list[Indicator], chosen: list[Unit], truths: Truths, name: str) -> list[Any]:
    sums = [sum(truths[u.unit_id, i.indicator_id].value or 0 for u in chosen) for i in columns]
    return [name, *(int(s) for s in sums)]


def _flat(
    form: Form, chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random
) -> dict[str, Any]:
    rows = _rows(chosen, columns, truths, rng)
    total = _total(columns, chosen, truths, rng.choice(["合计", "总计", "全市合计", "小计"]))
    rows = [total, *rows] if rng.random() < 0.2 else [*rows, total]
    head = [["年度安全生产月活动汇总表"], ["区县", *map(_head, columns)]]
    if rng.random() < 0.3:
        head.append(["甲", *range(1, len(columns) + 1)])
    tail = [["注：数据截至7月1日，共2项。"], ["填表人：某某"]] if rng.random() < 0.5 else []
    hidden = [len(head) + 1] if rng.random() < 0.2 else []
    return {"sheets": [{"rows": [*head, *rows, *tail], "hidden_rows": hidden}]}


def _three_rows(
    form: Form, chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random
) -> dict[str, Any]:
    titles = {i.indicator_id: a.title_zh for a in form.activities for i in a.indicators}
    groups = [titles[i.indicator_id] for i in columns]
    shown = [g if n == 0 or groups[n - 1] != g else None for n, g in enumerate(groups)]
    head = [["填报单位", *shown], [None, *(i.label_zh for i in columns)], [None, *(i.unit for i in columns)]]
    return {
        "sheets": [{"rows": [*head, *_rows(chosen, columns, truths, rng), _total(columns, chosen, truths, "合计")]}]
    }


def _turned(
    form: Form, chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random
) -> dict[str, Any]:
    flat = [
        ["指标", *map(_head, columns)],
        *_rows(chosen, columns, truths, rng),
        _total(columns, chosen, truths, "合计"),
    ]
    rows = [list(r) for r in zip(*flat, strict=True)]
    return {"sheets": [{"rows": [*rows, ["注：按单位填报。"]] if rng.random() < 0.5 else rows}]}


def _by_unit(
    form: Form, chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random
) -> dict[str, Any]:
    return {
        "sheets": [
            {"name": u.name, "rows": [["指标", "数量"], *([_head(i), _stored(truths[u.unit_id, i.indicator_id], rng)] for i in columns)]}
            for u in chosen
        ]
    }  # fmt: skip


def _by_activity(
    form: Form, chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random
) -> dict[str, Any]:
    sheets = []
    for number, activity in enumerate(form.activities):
        own = [i for i in columns if i.activity_id == activity.activity_id]
        if own:
            name = f"{number + 1}{re.sub(r'[^一-鿿]', '', activity.short_zh)}"
            sheets.append({"name": name, "rows": [["区县", *map(_head, own)], *_rows(chosen, own, truths, rng)]})
    return {"sheets": sheets}


def _csv(
    form: Form, chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random
) -> dict[str, Any]:
    code, mark = rng.choice(CODES)

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return f'"{text}"' if mark in text or "\n" in text or '"' in text else text

    rows = [["区县", *map(_head, columns)], *_rows(chosen, columns, truths, rng)]
    return {"lines": [mark.join(cell(v) for v in row) for row in rows], "code": code, "mark": mark}


def _departments(
    form: Form, chosen: list[Unit], columns: list[Indicator], truths: Truths, rng: random.Random
) -> dict[str, Any]:
    """Each plain number split over two departments of its district."""
    rows: list[list[Any]] = [["区县", "部门", *map(_head, columns)]]
    merged = []
    for unit in chosen:
        at = len(rows) + 1
        halves = []
        for i in columns:
            truth = truths[unit.unit_id, i.indicator_id]
            whole = int(truth.value or 0)
            first = rng.randint(0, whole)
            halves.append((first, whole - first))
            truths[unit.unit_id, i.indicator_id] = Truth(
                f"{first}+{whole - first}", float(whole), "reported" if whole else "explicit_zero"
            )
        rows += [[unit.name, "住建局", *(a for a, _ in halves)], [None, "教育局", *(b for _, b in halves)]]
        merged.append(f"A{at}:A{at + 1}")
    return {"sheets": [{"rows": rows, "merged": merged if rng.random() < 0.5 else []}]}
