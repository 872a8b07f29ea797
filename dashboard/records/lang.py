"""The languages of the pages."""

from __future__ import annotations

from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["zh", "en"]
