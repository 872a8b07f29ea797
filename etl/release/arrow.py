"""Python values -> Arrow columns, straight from their bytes: pyarrow's own way imports pandas first, a quarter of a second."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from types import NoneType
from typing import Any

import numpy as np
import pyarrow as pa


def text_column(values: Sequence[Any]) -> pa.Array:
    """Values as text that the schema's types read back exactly; None is null, half a character becomes “?”."""
    kinds = set(map(type, values))
    if kinds == {NoneType}:
        return pa.nulls(len(values), pa.large_string())
    texts = _texts(values, kinds)
    joined = "\0".join(texts).encode(errors="replace")
    data = np.frombuffer(joined, np.uint8)
    ends = np.flatnonzero(data == 0)
    if len(ends) == len(texts) - 1:
        data = np.delete(data, ends)
        ends = np.append(ends - np.arange(len(ends)), len(data))
    else:  # a text holds the separator itself
        data = np.frombuffer("".join(texts).encode(errors="replace"), np.uint8)
        ends = np.cumsum([len(t.encode(errors="replace")) for t in texts])
    offsets = np.concatenate((np.zeros(1, np.int64), ends.astype(np.int64)))
    known = np.array([v is not None for v in values], np.bool_) if NoneType in kinds else None
    return _column(pa.large_string(), len(values), known, offsets, np.ascontiguousarray(data))


def number_column(values: Sequence[float | None]) -> pa.Array:
    """Numbers as 64-bit floats; None is null."""
    if values.count(None) == len(values):
        return pa.nulls(len(values), pa.float64())
    numbers = np.array(values, np.float64)  # None becomes NaN, which is no figure anyone can type
    return _column(pa.float64(), len(values), ~np.isnan(numbers), numbers)


def _texts(values: Sequence[Any], kinds: set[type]) -> list[str]:
    if kinds == {str}:
        return list(values)
    if kinds <= {str, NoneType}:
        return [v or "" for v in values]
    if kinds in ({bool}, {tuple}):  # many values, few of them different
        known = {v: _text(v) for v in set(values)}
        return [known[v] for v in values]
    return [v if type(v) is str else _text(v) for v in values]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple) else str(value)


def _column(kind: pa.DataType, length: int, known: Any, *buffers: Any) -> pa.Array:
    bits = None if known is None else pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(kind, length, [bits, *(pa.py_buffer(b) for b in buffers)])
