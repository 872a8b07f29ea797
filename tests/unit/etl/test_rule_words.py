"""Every rule the program can name has words in both languages, and what is quoted is readable."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.catalog import load_catalog
from etl.facts import flag_findings, interpret, make_fact
from etl.findings import Finding, word_finding
from etl.interpret.count import Typed

ETL = Path(__file__).parents[3] / "etl"
# Which argument of a call names a rule (None: all of them).
NAMING: dict[str, int | None] = {
    "Finding": 0,
    "withheld": 0,
    "FileRefused": 0,
    "refused_job": 1,
    "with_flag": None,
}


def named_rules() -> Iterator[tuple[str, str]]:
    """Every rule written in the code, with where."""
    for path in sorted(ETL.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        # A `rule` of a class is the code of an error that ends the program.
        codes = [line for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for line in node.body]
        for node in (n for n in ast.walk(tree) if n not in codes):
            for part in naming_parts(node):
                for leaf in ast.walk(part):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and is_result(leaf, part):
                        yield leaf.value, f"{path.relative_to(ETL)}:{leaf.lineno}"


def naming_parts(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Assign) and any(
        isinstance(t, ast.Name) and t.id in ("rule", "flags") for t in node.targets
    ):
        yield node.value
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    of = getattr(getattr(node.func, "value", None), "id", "")
    if name in NAMING:
        at = NAMING[name]
        yield from node.args if at is None else node.args[at : at + 1]
    elif name == "append" and of in ("flags", "remarks"):
        yield from node.args
    yield from (k.value for k in node.keywords if k.arg in ("rule", "flags"))


def is_result(leaf: ast.Constant, part: ast.expr) -> bool:
    """Whether the string is what the expression gives, not what it asks about or calls with."""
    for node in ast.walk(part):
        asked = [node.test] if isinstance(node, ast.IfExp) else []
        asked += [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        asked += [*node.args, node.func] if isinstance(node, ast.Call) else []
        asked += node.values if isinstance(node, ast.JoinedStr) else []
        asked += [node.slice] if isinstance(node, ast.Subscript) else []
        if any(leaf is inner for one in asked for inner in ast.walk(one)):
            return False
    return leaf.value != ""


def test_every_rule_named_in_the_code_has_words() -> None:
    rules = load_catalog().rules
    named = list(named_rules())
    assert len({n for n, _ in named}) > 60
    assert [(name, at) for name, at in named if name not in rules] == []
    assert all(r.title_zh and r.title_en and r.message_zh and r.message_en for r in rules.values())


def test_what_a_clerk_is_to_do_stands_behind_the_message_in_both_languages() -> None:
    rules = load_catalog().rules
    assert sum(bool(r.remedy_zh) for r in rules.values()) > 80
    assert [r.rule for r in rules.values() if bool(r.remedy_zh) != bool(r.remedy_en)] == []
    # Who reads the message alone is not told to do anything.
    asked = re.compile(r"请|数据导入|[Pp]lease|page Load|Ask for")
    assert [r.rule for r in rules.values() if asked.search(r.message_zh + r.message_en)] == []
    said = word_finding(load_catalog(), Finding("two_values", "表1", "12，350"), None, None, None)
    assert said.message_zh == "一个空里有两个数“12，350”，未计入；请分开填报" and said.remedy_zh == "；请分开填报"
    assert said.message_en.endswith("not counted. Please split them") and said.remedy_en == ". Please split them"


@pytest.mark.parametrize("indicator_id", ["theory_group_sessions", "typical_case_details"])
def test_a_sign_that_is_not_known_is_said_in_words(indicator_id: str) -> None:
    catalog = load_catalog()
    indicator = catalog.forms["chongqing-2021"].by_indicator[indicator_id]
    fact = make_fact("500112", indicator, interpret(indicator, Typed("1\ufffd2")), "1\ufffd2", "表1")
    assert fact.value is None and fact.raw == "1?2"
    assert "\ufffd" not in (fact.text or "")
    for finding in flag_findings([fact]):
        said = word_finding(catalog, finding, None, None, "chongqing-2021")
        assert "1?2" in said.message_zh and "1?2" in said.message_en and "\ufffd" not in "".join(map(str, said))
