"""Text files of the catalogue -> plain records that remember their file and lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Hashable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import Reader

from etl.errors import CatalogError

Record = dict[str, Any]
_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)")


# The C parser where PyYAML has it: ten times faster, same marks.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LineLoader(FAST_LOADER):  # type: ignore[misc]
    """A safe loader whose mappings carry the line they start on as `__line__`, and those of what stands in them as `__lines__`."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        mapping["__line__"] = node.start_mark.line + 1
        mapping["__lines__"] = {key.value: _lines_of(key, value) for key, value in node.value}
        return mapping

    def construct_yaml_int(self, node: yaml.ScalarNode) -> Any:
        """A number written plainly; 15:00, 010 and 1_000 stay the texts they are (YAML 1.1 would make them 900, 8 and 1000)."""
        return super().construct_yaml_int(node) if _PLAIN.fullmatch(node.value) else node.value

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        """A date; one that no calendar has (2027-06-31) is a mistake with its line."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise yaml.MarkedYAMLError(problem=f"{node.value}?", problem_mark=node.start_mark) from error


_LineLoader.add_constructor("tag:yaml.org,2002:int", _LineLoader.construct_yaml_int)
_LineLoader.add_constructor("tag:yaml.org,2002:timestamp", _LineLoader.construct_yaml_timestamp)


def _lines_of(key: yaml.Node, value: yaml.Node) -> tuple[int, ...]:
    """The line of a key, then those of the items of its list."""
    items = value.value if isinstance(value, yaml.SequenceNode) else ()
    return (key.start_mark.line + 1, *(item.start_mark.line + 1 for item in items))


def mistake(file: str, line: int, zh: str, en: str, *, found: str = "", expected: str = "") -> CatalogError:
    """The error of a mistake that keeps the catalogue from being read."""
    place = f"{file}:{line}"
    return CatalogError(f"{place} {zh}", f"{place} {en}", place=place, found=found, expected=expected)


def _read_text(path: Path, file: str) -> str:
    """The text of a file. Raises CatalogError for bytes that are no UTF-8 and for characters that no text has (NUL)."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise mistake(file, 1, "文件不存在", "the file is missing") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise mistake(file, line, "不是 UTF-8 编码", "is not encoded as UTF-8") from error
    odd = Reader.NON_PRINTABLE.search(text)
    if odd:
        line, code = text.count("\n", 0, odd.start()) + 1, f"U+{ord(odd.group()):04X}"
        raise mistake(
            file, line, f"有不可见的控制字符 {code}，请删去", f"holds the control character {code}; delete it"
        )
    return text


def read_yaml(root: Path, file: str) -> Record:
    """The mapping in a YAML file of the catalogue; raises CatalogError with file and line when it is not one."""
    return _parsed(_read_text(root / file, file), file)


@lru_cache(maxsize=64)
def _parsed(text: str, file: str) -> Record:
    """What a file's text says. A load asks for each file several times; nobody changes what it gets."""
    try:
        content = yaml.load(text, Loader=_LineLoader)  # noqa: S506 - a SafeLoader with line numbers
    except yaml.YAMLError as error:
        why, line = getattr(error, "problem", None) or "", _line_of_error(error)
        zh, en = f"不是合法的 YAML（{why}）", f"is not valid YAML ({why})"
        raise mistake(file, line, zh, en, found=why) from error
    if not isinstance(content, dict):
        raise mistake(file, 1, "应为键值表", "should be a mapping")
    content["__file__"] = file
    return content


def _line_of_error(error: yaml.YAMLError) -> int:
    """Where YAML stopped; a key without a colon is noticed only below it, and its own line is told."""
    is_key = getattr(error, "context", None) == "while scanning a simple key"
    mark = getattr(error, "context_mark" if is_key else "problem_mark", None)
    return mark.line + 1 if mark else 1


def read_csv(root: Path, file: str, columns: Sequence[str]) -> list[Record]:
    """The rows of a CSV table with just these columns, every cell as text, with the line they start on as `__line__`.

    Raises CatalogError with file and line for a column too few or too many, a row of another width, a quote that never ends.
    """
    reader = csv.reader(io.StringIO(_read_text(root / file, file), newline=""), strict=True)
    rows: list[Record] = []
    line = 1
    try:
        head = next(reader, [])
        _check_head(head, columns, file)
        line = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(head):
                zh, en = f"有 {len(cells)} 格，应为 {len(head)} 格", f"has {len(cells)} cells, expected {len(head)}"
                raise mistake(file, line, zh, en, found=str(len(cells)), expected=str(len(head)))
            if cells:
                rows.append({**dict(zip(head, cells, strict=True)), "__line__": line, "__file__": file})
            line = reader.line_num + 1
    except csv.Error as error:
        raise mistake(file, line, f"不是合法的 CSV（{error}）", f"is not valid CSV ({error})") from error
    return rows


def _check_head(head: Sequence[str], columns: Sequence[str], file: str) -> None:
    for name in columns:
        if head.count(name) != 1:
            zh, en = (
                f"应有一列 {name}，有 {head.count(name)} 列",
                f"should have one column {name}, has {head.count(name)}",
            )
            raise mistake(file, 1, zh, en, found=",".join(head), expected=name)
    for name in head:
        if name not in columns:
            raise mistake(file, 1, f"未知列 {name}，不会被读取", f"unknown column {name}: nothing reads it", found=name)
