"""The files of the case table that other programs write, saved in one batch for all workers."""

from __future__ import annotations

import os
import shutil

import pytest
from filelock import FileLock

from tests.cases.listed import recipes_of
from tests.cases.real_files import RealFiles, needs_programs, real_files, save_real_files


@pytest.fixture(scope="session")
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RealFiles:
    """Those of all cases that are run."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: sh .ci/system-packages / 缺少 LibreOffice")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "case-files"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "numbers.json").exists():
            items = [
                i for i in request.session.items if isinstance(i, pytest.Function) and i.originalname == "test_case"
            ]
            cases = [i.callspec.params["case"] for i in items]
            save_real_files((r for c in cases for r in recipes_of(c) if needs_programs(r)), folder)
    return real_files(folder)
