"""One folder of filled forms saved in many formats by the real programs, made once for all workers."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from etl.catalog import Catalog, load_catalog
from tests.formats.made import Truth, fit_to_width, form_docx, save_all, table_xlsx

FORMS = {"chongqing-2021": "渝北区", "jincheng-2022": "阳城县", "ningxia-2021": "银川市"}


@dataclass(frozen=True)
class Made:
    """The files by campaign and suffix, with what was typed into them."""

    folder: Path
    truths: dict[str, Truth]
    tables: dict[str, dict[str, Truth]]
    units: dict[str, str]

    def form(self, campaign_id: str, suffix: str) -> Path:
        return self.folder / f"{campaign_id}.{suffix}"

    def table(self, campaign_id: str, suffix: str) -> Path:
        return self.folder / f"table-{campaign_id}.{suffix}"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Made:
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: sh .ci/system-packages / 缺少 LibreOffice")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "formats"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "truth.json").exists():
            _make(catalog, folder)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    back = {k: {i: tuple(v) for i, v in t.items()} for k, t in truth["forms"].items()}
    tables = {k: {u: {i: tuple(v) for i, v in t.items()} for u, t in x.items()} for k, x in truth["tables"].items()}
    return Made(folder, back, tables, truth["units"])


def _make(catalog: Catalog, folder: Path) -> None:
    truths: dict[str, Truth] = {}
    units = {}
    forms = []
    for form_id, unit in FORMS.items():
        data, truths[form_id] = form_docx(catalog, form_id, unit, f"formats {form_id}")
        forms.append(folder / f"{form_id}.docx")
        forms[-1].write_bytes(data)
        units[form_id] = next(u.unit_id for u in catalog.roster(catalog.campaigns[form_id]) if u.name == unit)
    for suffix in ("odt", "rtf", "pdf"):
        save_all(forms, suffix)
    save_all(forms, "html", "HTML (StarWriter)")
    # LibreOffice's own way from .docx to .doc loses the table.
    save_all([form.with_suffix(".odt") for form in forms], "doc")
    tables, books, printed = {}, [], {}
    for campaign_id in ("jincheng-2022", "ningxia-2021"):
        data, tables[campaign_id] = table_xlsx(catalog, campaign_id, "formats")
        books.append(folder / f"table-{campaign_id}.xlsx")
        books[-1].write_bytes(data)
        fitted, cut = folder / f"fitted-{books[-1].name}", folder / f"cut-{campaign_id}.xlsx"
        fitted.write_bytes(fit_to_width(data))
        cut.write_bytes(data)
        printed |= {fitted: books[-1].with_suffix(".pdf"), cut: cut.with_suffix(".pdf")}
    for suffix in ("xls", "ods"):
        save_all(books, suffix)
    save_all(books, "html", "HTML (StarCalc)")
    for made, target in zip(save_all(list(printed), "pdf"), printed.values(), strict=True):
        made.rename(target)
    text = json.dumps({"forms": truths, "tables": tables, "units": units}, ensure_ascii=False)
    (folder / "truth.json").write_text(text, encoding="utf-8")
