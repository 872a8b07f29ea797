"""Rows and columns of a collected table whose figures are not to be taken as they stand: a remark says so (为去年数据, 待核实), or
its fields have moved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.collected.sheet.heads import header_paths
from etl.collected.sheet.layout import Layout, has_numbers
from etl.document import CellValue, Sheet
from etl.extract.scale import SCALE
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

# 以书面报告为准: other figures count; 以此表为准: these.
_OTHERS_COUNT = "以(?!(?:此|本)(?:表|数|次|行|件|报表)?为准)[^,;.]{1,12}为准"

_NUMBERED_NAME = re.compile(r"(?<=[区县市州旗])\d{1,2}\s*$")
_NUMBER = re.compile(r"[\s\d.,，]+[万千百亿]?")
_OTHER_TIME = "(?:为|系|是)?(?:去年|上年|往年|前年|(?!0?6月)\\d{1,2}月份?)的?(?:数据?|情况)?"


def is_remark_head(word: str) -> bool:
    """Whether a head is that of a column of remarks: 备注, 情况说明."""
    return word in load_lexicon().remark_headers


def is_doubt(remark: CellValue) -> bool:
    """Whether a remark beside figures takes them back."""
    if not isinstance(remark, str):
        return False
    lex, said = load_lexicon(), squeeze_text(remark)
    if re.fullmatch(f"(?:{lex.remark_doubts})(?:数据|数|中)?|{SCALE}|{_OTHER_TIME}|否|无效", said):
        return True
    # 按计划完成, 模拟演练 take nothing back.
    return re.search(f"{lex.remark_doubts}|{_OTHERS_COUNT}", re.sub(f"{lex.harmless}|无异常", "", said)) is not None


def is_harmless(remark: str) -> bool:
    """Whether a remark says nothing that changes a figure: 已核, 含两江新区, 由黔江区代填, 审核通过, 同意."""
    said = squeeze_text(remark).strip("()")
    piece = f"(?:由[^,;.]{{1,12}}|(?:数据|情况|[局科办委]|领导)?)(?:{load_lexicon().harmless_remarks})[^\\d,;.?待未不有]{{0,12}}"
    return re.fullmatch(f"{piece}(?:[,;.、!]+(?:{piece})?)*", said) is not None


def is_name_doubtful(name: str, names: Sequence[str]) -> bool:
    """Whether a unit's name says that its row holds more (含两江新区), or is numbered (万州区2) while others are not: perhaps a
    second report."""
    is_numbered = _NUMBERED_NAME.search(name) is not None
    return "(含" in squeeze_text(name) or (is_numbered and not all(map(_NUMBERED_NAME.search, names)))


def doubted_rows(sheet: Sheet, layout: Layout) -> frozenset[int]:
    """The rows of units whose remark takes them back."""
    columns = [c for c, path in header_paths(sheet, layout).items() if is_remark_head(path[-1])]
    return frozenset(u.row for u in layout.rows if any(is_doubt(sheet.rows[u.row][c]) for c in columns))


def doubted_columns(sheet: Sheet, layout: Layout) -> frozenset[int]:
    """The columns of blanks whose remark, in a row headed 备注 as a turned table has it, takes them back."""
    rows = [r for r in sheet.rows[layout.first_row :] if is_remark_head(squeeze_text(str(r[layout.name_column] or "")))]
    return frozenset(c for row in rows for c, v in enumerate(row) if c > layout.name_column and is_doubt(v))


def shifted_rows(sheet: Sheet, layout: Layout) -> frozenset[int]:
    """Rows of a delimited text with more fields than heads, or fewer while most have all: a thousands comma without quotes, or a
    field left out, may have moved them all."""
    if not sheet.fields or not layout.header:
        return frozenset()
    rows = [u.row for u in layout.rows]
    most, least = max(sheet.fields[r] for r in layout.header), min((sheet.fields[r] for r in rows), default=0)
    last = max(c for r in layout.header for c, v in enumerate(sheet.rows[r]) if v is not None)
    if len(rows) > 2 and not any(has_numbers(sheet.rows[r], last) for r in rows if sheet.fields[r] == least):
        # A comma that ends each row moves nothing; a number there shows that the heads lack a field.
        most = max(most, least)
    has_remarks = any(is_remark_head(squeeze_text(str(sheet.rows[r][last] or ""))) for r in layout.header)
    n_full = sum(sheet.fields[r] > last for r in rows)
    # Heads with a field more than any row: a comma inside a head parts it in two, and all figures behind stand under others.
    are_heads_parted = not n_full and not (has_remarks and all(sheet.fields[r] == last for r in rows))
    are_full = n_full * 2 > len(rows) or are_heads_parted
    return frozenset(
        r
        for r in rows
        if (
            _is_too_long(sheet, r, last, most, has_remarks=has_remarks)
            or (are_full and _is_short(sheet, r, last, has_remarks))
        )
    )


def _is_too_long(sheet: Sheet, row: int, last: int, most: int, *, has_remarks: bool) -> bool:
    """Whether a row has fields behind the last head, or a bare number in a last column of remarks; a comma inside a remark moves nothing."""
    behind = [str(v) for v in sheet.rows[row][last:] if v is not None]
    if has_remarks and behind:
        return any(map(_NUMBER.fullmatch, behind)) or sheet.rows[row][last] is None
    return sheet.fields[row] > most or has_numbers(sheet.rows[row], last)


def _is_short(sheet: Sheet, row: int, last: int, has_remarks: bool) -> bool:
    """Whether a row lacks a field, and not just the remark behind its figures."""
    is_but_remark = has_remarks and sheet.fields[row] == last and sheet.rows[row][last - 1] is not None
    return sheet.fields[row] <= last and not is_but_remark
