"""No word that a user reads stands in Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import dashboard

CODE = sorted(Path(str(dashboard.__file__)).parent.rglob("*.py"))
CJK = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Both names on the browser's tab, the languages' own names, the brackets of a head, and signs that start a formula.
ALLOWED = {"Safety Month Atlas · 安全生产月图鉴", "中文", "（", "）", "＝", "＋", "－", "＠"}


def docstrings(tree: ast.AST) -> set[int]:
    """The nodes that are documentation."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.stem)
def test_no_chinese_string_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skip = docstrings(tree)
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skip
    ]
    # Patterns that read a release's own places and break lines are no words to a user.
    words = [
        text for text in found if CJK.search(text) and text not in ALLOWED and "\\d" not in text and "\\s" not in text
    ]
    assert words == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.stem)
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
