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
from tests.formats.made import Truth, form_docx, save_as, table_xlsx

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
    for form_id, unit in FORMS.items():
        data, truths[form_id] = form_docx(catalog, form_id, unit, f"formats {form_id}")
        source = folder / f"{form_id}.docx"
        source.write_bytes(data)
        units[form_id] = next(u.unit_id for u in catalog.roster(catalog.campaigns[form_id]) if u.name == unit)
        for suffix in ("odt", "rtf", "pdf"):
            save_as(source, suffix)
        save_as(source, "html", "HTML (StarWriter)")
        save_as(source.with_suffix(".odt"), "doc")  # LibreOffice's own way from .docx to .doc loses the table
    tables = {}
    for campaign_id in ("jincheng-2022", "ningxia-2021"):
        data, tables[campaign_id] = table_xlsx(catalog, campaign_id, "formats")
        source = folder / f"table-{campaign_id}.xlsx"
        source.write_bytes(data)
        for suffix in ("xls", "ods", "pdf"):
            save_as(source, suffix)
        save_as(source, "html", "HTML (StarCalc)")
    text = json.dumps({"forms": truths, "tables": tables, "units": units}, ensure_ascii=False)
    (folder / "truth.json").write_text(text, encoding="utf-8")
