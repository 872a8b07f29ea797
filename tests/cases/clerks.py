"""Hurried clerks and their Word programs: answers without brackets, in runs, fields and boxes, in rewritten cells and tables.

Written straight from the notices' text, apart from layouts.py: another hand, other habits. The truth goes along.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from etl.catalog.model import Activity, Campaign, Form, Indicator, Unit
from tests.cases.habits import Truth, some_number
from tests.cases.writing import NAMESPACES, docx_package

Answers = dict[str, Truth]


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def field(code: str, result: str, data: str = "") -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'.format
    told = mark("separate", "") + run(result) if result else ""
    return f"{mark('begin', data)}<w:r><w:instrText>{code}</w:instrText></w:r>{told}{mark('end', '')}"


LINE, RED, STRUCK = '<w:u w:val="single"/>', '<w:color w:val="FF0000"/>', "<w:strike/>"
DROP = (
    '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="0"/><w:listEntry w:val="{}"/></w:ddList></w:ffData>'
)
OLD = "<w:del><w:r><w:delText>77</w:delText></w:r></w:del>"
BOX = "<w:pict><v:shape><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict>"

# How an answer gets into its bracket.
MAKINGS: dict[str, Callable[[str], str]] = {
    "runs": lambda t: "".join(run(c, RED) for c in t),
    "half underlined": lambda t: run(t[:1]) + run(t[1:] + " ", LINE),
    "tracked": lambda t: f"{OLD}<w:ins>{run(t)}</w:ins>",
    "moved": lambda t: f"<w:moveFrom><w:r><w:t>77</w:t></w:r></w:moveFrom><w:moveTo>{run(t)}</w:moveTo>",
    "control": lambda t: f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run(t)}</w:sdtContent></w:sdt>",
    "form field": lambda t: field(
        " FORMTEXT ", t, "<w:ffData><w:textInput><w:default w:val='88'/></w:textInput></w:ffData>"
    ),
    "drop-down": lambda t: field(" FORMDROPDOWN ", "", DROP.format(escape(t))),
    "nested field": lambda t: field(
        f" IF </w:instrText></w:r>{field(' MERGEFIELD a ', '55')}<w:r><w:instrText> = 5 ", t
    ),
    "formula": lambda t: f"<m:oMath><m:r><m:t>{escape(t)}</m:t></m:r></m:oMath>",
    "ruby": lambda t: f"<w:r><w:ruby><w:rt>{run('9')}</w:rt><w:rubyBase>{run(t)}</w:rubyBase></w:ruby></w:r>",
    "struck": lambda t: run("99", STRUCK) + run(t),
    "box and its copy": lambda t: (
        f"<w:r><mc:AlternateContent><mc:Choice>{BOX.format(run(t))}</mc:Choice><mc:Fallback>{BOX.format(run(t))}</mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "copy only": lambda t: (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{BOX.format(run(t))}</mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "comment inside": lambda t: f"<w:r><w:t>{escape(t[:1])}<!-- x -->{escape(t[1:])}</w:t></w:r>",
    "white": lambda t: run("99", '<w:color w:val="FFFFFF"/>') + run(t),
}
# What becomes of the bracket. ⟨…⟩ keeps runs as they are.
BLANKS = ("（{}）", "({})", "{}", " {} ", "____{}____", "{}____", "（  ）{}", "【{}】", "（{})", "{}）", "⟨u⟩{}")


def _exact(typed: str, n: int) -> Truth:
    return Truth(typed, float(n), "reported" if n else "explicit_zero")


def _unreadable(typed: str) -> Truth:
    return Truth(typed, None, "unreadable")


Habit = Callable[[int, str], Truth]
HABITS: dict[str, Habit] = {
    **{f: lambda n, u, f=f: _exact(f.format(n=n, u=u), n) for f in ("{n}", "{n}{u}", "共{n}{u}", "开展{n}{u}", "累计{n}", "2021年{n}{u}", "{n}。", "{n}（截至6月30日）", "1-6月{n}{u}")},
    **{f: lambda n, u, f=f: Truth(f.format(n=n * 10, u=u), n * 10.0, qualifier="at_least") for f in ("{n}余{u}", "{n}有余", "{n}出头", "超过{n}{u}", "{n}{u}以上")},
    **{f: lambda n, u, f=f: Truth(f.format(n=n * 10, u=u), n * 10.0, qualifier="approx") for f in ("约{n}", "大致{n}", "{n}来{u}", "≈{n}")},
    **{f: lambda n, u, f=f: _exact(f.format(n=2 * n + 3, a=n, b=n + 3, u=u), 2 * n + 3) for f in ("{a}+{b}", "{a}{u}+{b}{u}={n}{u}", "线上{a}{u}，线下{b}{u}，共{n}{u}", "{n}（线上{a}，线下{b}）", "教委{a}{u}、城管委{b}{u}，共{n}{u}", "{n}={a}+{b}")},
    **{f: lambda n, u, f=f: Truth(f.format(n=n, m=n + 7, u=u), None, qualifier="range", low=float(n), high=n + 7.0) for f in ("{n}-{m}", "{n}至{m}", "{n}—{m}{u}", "{n}{u}-{m}{u}")},
    **{f: lambda n, u, f=f: _unreadable(f.format(n=n, m=n + 7, u=u)) for f in ("拟{n}", "减少{n}", "还差{n}", "各镇街{n}", "{n}%", "-{n}", "1O{n}", "{n}½", "{n}小时", "{n}万元", "{n}→{m}", "{n}改为{m}", "{n}（待核实）", "{n}×2", "教委{n}{u}，城管委{m}", "{n}/{m}")},
    "万": lambda n, u: Truth(f"{n / 10:g}万", n * 1000.0),
    "无": lambda n, u: Truth("无", 0.0, "explicit_zero"),
}  # fmt: skip


def filled(form: Form, rng: random.Random) -> tuple[str, dict[str, list[str]], Answers]:
    """Each activity's text in lines of runs, with the truth, and the name of what was done. Few odd answers a form."""
    making = rng.choice(list(MAKINGS)) if rng.random() < 0.4 else ""
    blank = "（{}）" if making else rng.choice(BLANKS)
    odd = rng.choice(list(HABITS))
    rewrite = rng.choice(list(REWRITES)) if not making and blank == BLANKS[0] and rng.random() < 0.6 else "as printed"
    answers: Answers = {}
    cells = {}
    for activity in form.activities:
        chosen = rng.choice(activity.indicators).indicator_id
        parts: list[str] = []
        for part in activity.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            indicator = next(i for i in activity.indicators if i.indicator_id == part.indicator_id)
            is_odd = indicator.indicator_id == chosen and not making and rewrite == "as printed"
            answers[indicator.indicator_id] = truth = _answer(indicator, odd if is_odd else "{n}", rng)
            parts.append(truth.typed if indicator.kind != "count" else f"⟪{truth.typed}⟫")
        text = REWRITES[rewrite]("".join(parts), rng)
        cells[activity.activity_id] = [_runs(line, blank, making) for line in re.split(r"\n(?![^⟪]*⟫)", text)]
    return " / ".join((making or blank, odd if rewrite == "as printed" else rewrite)), cells, answers


def _answer(indicator: Indicator, habit: str, rng: random.Random) -> Truth:
    if indicator.kind == "flag":
        return rng.choice([Truth("☑是□否", 1.0), Truth("□是☑否", 0.0), Truth("V是 □否", 1.0), Truth("[x]是[ ]否", 1.0)])
    if indicator.kind == "text":
        return Truth("（）", None, "not_filled")
    return HABITS[habit](some_number(rng), indicator.unit)


def _runs(line: str, blank: str, making: str) -> str:
    """A line with its brackets replaced; ⟪…⟫ are the answers."""
    out = []
    for piece in re.split(r"([（(]\s*⟪.*?⟫\s*[）)])", line):
        answer = re.search("⟪(.*?)⟫", piece)
        if not answer:
            out.append(run(piece))
        elif making:
            out.append(run("（") + MAKINGS[making](answer.group(1)) + run("）"))
        elif blank.startswith("⟨u⟩"):
            out.append(run(f" {answer.group(1)} ", LINE))
        else:
            out.append(run(blank.format(answer.group(1))))
    return "".join(out)


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"[；;。\n](?![^⟪]*⟫)", text) if s.strip()]


def _shuffled(text: str, rng: random.Random) -> str:
    found = _sentences(text)
    rng.shuffle(found)
    return "；\n".join(found) + "。"


def _with_other_numbers(text: str, rng: random.Random) -> str:
    extra = ("发放资料3000份", "印发通知（渝安办〔2021〕5号）", "完成率达98%", "联系电话023-67891234", "历时30天")
    return "；\n".join(s + (f"；{rng.choice(extra)}" if rng.random() < 0.5 else "") for s in _sentences(text)) + "。"


REWRITES: dict[str, Callable[[str, random.Random], str]] = {
    "as printed": lambda t, r: t,
    "shuffled": _shuffled,
    "other numbers": _with_other_numbers,
    "one line": lambda t, r: t.replace("\n", ""),
    "lines": lambda t, r: re.sub(r"[，,；;](?![^⟪]*⟫)", "\n", t),
    "attendance": lambda t, r: re.sub(r"([，,])参与(?=[（(])", r"\1参加人数", t),
    "numbered": lambda t, r: "\n".join(f"{n}.{line}" for n, line in enumerate(t.split("\n"), start=1)),
    "printed text kept above": lambda t, r: re.sub(r"⟪.*?⟫|[☑V]|\[x\]", "", t.replace("☑", "□")) + "\n" + t if "□" not in t and "[x]" not in t else t,
}  # fmt: skip


def paragraph(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def _cell(*paragraphs: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraphs) or '<w:p/>'}</w:tc>"


def _table(rows: list[list[str]]) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{chr(32).join(r)}</w:tr>' for r in rows)}</w:tbl>"


TABLES = ("plain", "serial", "a row a sentence", "head again", "frame", "turned", "paragraphs", "inner table")


def clerk_file(form: Form, campaign: Campaign, unit: Unit, rng: random.Random) -> tuple[bytes, Answers, str]:
    """A filled form as a package, what it says, and how it was made."""
    name, cells, answers = filled(form, rng)
    shape = rng.choice(TABLES)
    if shape == "head again" and len(form.activities) < 2:
        shape = "plain"
    head = run(f"填报单位（盖章）：{unit.name}　　联系人：　电话：　填报日期：{campaign.year}年7月1日")
    first = paragraph(run(form.title_zh)) + paragraph(head)
    made = [[_cell(paragraph(run(a.title_zh))), _cell(paragraph(run(a.requirement_zh))), _cell(*map(paragraph, cells[a.activity_id]))] for a in form.activities]  # fmt: skip
    columns = [_cell(paragraph(run(t))) for t in ("活动项目", "内容要求", "进展情况")]
    body = first + _shape(shape, form.activities, made, columns, cells, first)
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES} xmlns:m="{MATH}" xmlns:mc="{COMPAT}"><w:body>{body}</w:body></w:document>'
    return docx_package(document.encode()), answers, f"{name} / {shape}"


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPAT = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def _shape(
    shape: str,
    activities: tuple[Activity, ...] | list[Activity],
    made: list[list[str]],
    columns: list[str],
    cells: dict[str, list[str]],
    first: str,
) -> str:
    plain = _table([columns, *made])
    if shape == "serial":
        return _table([[_cell(paragraph(run(str(n)))), *row] for n, row in enumerate(made, start=1)])
    if shape == "a row a sentence":
        rows = []
        for activity, row in zip(activities, made, strict=True):
            lines = cells[activity.activity_id]
            rows += [[*(row[:2] if n == 0 else [_cell(), _cell()]), _cell(paragraph(x))] for n, x in enumerate(lines)]
        return _table([columns, *rows])
    if shape == "head again":
        return _table([columns, *made[:1]]) + first + _table([columns, *made[1:]])
    if shape == "frame":
        return _table([[_cell(plain)]])
    if shape == "turned":
        return _table([list(row) for row in zip(columns, *made, strict=True)])
    if shape == "paragraphs":
        return "".join(paragraph(run(a.title_zh)) + "".join(map(paragraph, cells[a.activity_id])) for a in activities)
    if shape == "inner table":
        inner = [[*row[:2], _cell(_table([[_cell(paragraph(x))] for x in cells[a.activity_id]]))] for a, row in zip(activities, made, strict=True)]  # fmt: skip
        return _table([columns, *inner])
    return plain
