"""The pages of the menu, in order. A page is registered when its file exists."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dashboard.desk.places import is_collector

PAGES_DIR: Final = Path(__file__).resolve().parents[1] / "views"
# key of the page (title in texts.yaml as page.<key>) and its URL; the file is views/<key>.py.
PAGES: Final = (
    "overview",
    "participation",
    "hazards",
    "coverage",
    "year_over_year",
    "district",
    "reporting",
    "data_quality",
    "reports",
    "load",
)


def known_pages() -> tuple[str, ...]:
    """Keys of the pages that exist; the desk only where this server offers it."""
    wanted = PAGES if is_collector() else tuple(page for page in PAGES if page != "load")
    return tuple(page for page in wanted if (PAGES_DIR / f"{page}.py").exists())
