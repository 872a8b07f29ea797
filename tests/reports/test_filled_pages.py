"""The pages of a report as an office program sets them: hardly one with more than a fifth of it white."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from dashboard.release import Database
from dashboard.reports.making import make_report
from dashboard.reports.opening import view_of
from tests.reports.reading import squeezed
from tests.reports.test_files import to_pdf

MM = 72 / 25.4
TOP, BOTTOM = round(37 * MM), round((297 - 35) * MM)
WHITE = 250
MOST_WHITE = 0.21
REPORTS = (
    ("chongqing", "2021", "zh"), ("chongqing", "2021", "en"), ("chongqing", "2022", "zh"), ("jincheng", "2022", "zh"),
    ("jincheng", "2022", "en"),
)  # fmt: skip


def white_share(page: pypdfium2.PdfPage) -> float:
    """How much of the text's room is white below the last line or picture."""
    drawn = np.asarray(page.render(scale=1).to_pil().convert("L"))[TOP:BOTTOM]
    (inked,) = np.nonzero((drawn < WHITE).any(axis=1))
    return 1 - (int(inked[-1]) + 1) / (BOTTOM - TOP)


@pytest.mark.slow
@pytest.mark.parametrize(("area", "year", "lang"), REPORTS)
def test_pages_of_text_and_pictures_are_filled(
    source: Database, tmp_path: Path, area: str, year: str, lang: str
) -> None:
    """Annexes begin on pages of their own, so the last page of the text may end early."""
    view = view_of(source, {"area": area, "year": year, "lang": lang})
    made = make_report(view, "docx")
    assert not made.trouble
    pdf = to_pdf(made.content, "report.docx", tmp_path)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    end = next(n for n, text in enumerate(texts) if squeezed(view.t("report.blank.office")) in squeezed(text))
    shares = [round(white_share(pdf[n]), 2) for n in range(end)]
    assert len(shares) > 8 and max(shares) <= MOST_WHITE, shares
    assert sum("图" in text or "Figure" in text for text in texts[:end]) > 4
