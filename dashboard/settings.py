"""What this installation says of itself, from settings.yaml (ATLAS_SETTINGS names another file)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("settings.yaml")


@dataclass(frozen=True)
class Settings:
    """The settings; an empty text says nothing."""

    map_approval_number: str = ""


def read_settings() -> Settings:
    """The settings in force."""
    return _read(Path(os.environ.get("ATLAS_SETTINGS") or FILE))


@cache
def _read(path: Path) -> Settings:
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return Settings(str(data.get("map_approval_number") or "").strip())
