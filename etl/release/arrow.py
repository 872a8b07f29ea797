"""Python values -> Arrow columns, straight from their bytes: pyarrow's own way imports pandas first, a quarter of a second."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa


def text_column(values: Sequence[Any]) -> pa.Array:
    """Values as text that the schema's types read back exactly; None is null, half a character becomes “?”."""
    encoded = [v.encode(errors="replace") if type(v) is str else _text(v) for v in values]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(e) for e in encoded], out=offsets[1:])
    return _column(pa.large_string(), values, offsets, b"".join(encoded))


def number_column(values: Sequence[float | None]) -> pa.Array:
    """Numbers as 64-bit floats; None is null."""
    return _column(pa.float64(), values, np.array([0.0 if v is None else v for v in values], np.float64))


def _text(value: Any) -> bytes:
    if value is None:
        return b""
    if isinstance(value, date):
        return value.isoformat().encode()
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False).encode(errors="replace") if value else b"[]"
    return str(value).encode(errors="replace")


def _column(kind: pa.DataType, values: Sequence[Any], *buffers: Any) -> pa.Array:
    known = np.packbits(np.array([v is not None for v in values], np.bool_), bitorder="little")
    return pa.Array.from_buffers(kind, len(values), [pa.py_buffer(b) for b in (known, *buffers)])
