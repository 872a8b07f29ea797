"""Publishing under faults: a reader always finds a whole release, whatever happens to the one being made."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

import etl.run
from etl.__main__ import main
from etl.errors import ReleaseError
from etl.release.publish import locked, read_pointer, verify_file
from etl.run import Wanted, load

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime(2022, 7, 3, 9, 0).timestamp()


@pytest.fixture
def inputs(sample_root: Path, tmp_path: Path) -> Path:
    """A small folder: one campaign of Word forms, and the national totals of one year."""
    folder = tmp_path / "in"
    shutil.copytree(sample_root / "samples" / "ningxia-2021", folder / "ningxia-2021")
    shutil.copytree(ROOT / "data" / "published" / "china-2021", folder / "china-2021")
    return folder


@pytest.fixture
def releases(inputs: Path, tmp_path: Path) -> Path:
    """A releases folder with one published release of the inputs."""
    folder = tmp_path / "releases"
    load(Wanted((inputs,)), folder)
    return folder


def current(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "CURRENT").read_text(encoding="utf-8"))
    return found


def serving(folder: Path) -> Path:
    return folder / str(current(folder)["file"])


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, sorted; the moment of the build left out."""
    with duckdb.connect(str(path), read_only=True) as con:
        names = [n for (n,) in con.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        found = {}
        for name in names:
            columns = "* exclude (built_at)" if name == "release_info" else "*"
            found[name] = sorted(con.execute(f"select {columns} from {name}").fetchall(), key=repr)
        return found


def add_a_file(inputs: Path) -> None:
    """A change of the inputs, so that the next load makes another release."""
    source = next(p for p in sorted((inputs / "ningxia-2021").glob("*.docx")))
    shutil.copy(source, inputs / "ningxia-2021" / "又一份.docx")
    os.utime(inputs / "ningxia-2021" / "又一份.docx", (DAY, DAY))


def command(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_failing_build_leaves_the_release_being_served(
    inputs: Path, releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, bytes_before = current(releases), serving(releases).read_bytes()
    add_a_file(inputs)
    real = etl.run.build_release

    def breaks(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        raise ReleaseError("坏了", "broken")

    monkeypatch.setattr(etl.run, "build_release", breaks)
    with pytest.raises(ReleaseError):
        load(Wanted((inputs,)), releases)
    assert current(releases) == before
    assert serving(releases).read_bytes() == bytes_before
    assert not list(releases.glob("*.building*"))
    monkeypatch.undo()
    after = load(Wanted((inputs,)), releases).pointer
    assert after is not None and after.release_id != before["release_id"]


@pytest.mark.parametrize("words", ["no such function", "select * from nowhere"])
def test_a_broken_mart_is_told_and_not_published(
    inputs: Path, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    import etl.release.build

    sql = tmp_path / "sql"
    shutil.copytree(etl.release.build.SQL, sql)
    (sql / "marts" / "99_broken.sql").write_text(f"insert into measure_value {words};", encoding="utf-8")
    monkeypatch.setattr(etl.release.build, "SQL", sql)
    before = current(releases)
    add_a_file(inputs)
    assert main(["load", str(inputs), "--releases", str(releases), "--quiet"]) == 1
    assert current(releases) == before


def test_a_sound_release_verifies(releases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--releases", str(releases)]) == 0
    assert str(current(releases)["release_id"]) in capsys.readouterr().out


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_release_is_detected(releases: Path, share: float) -> None:
    path = serving(releases)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert main(["verify", "--releases", str(releases)]) == 1


@pytest.mark.parametrize("at", [0, 8, 4096, 0.2, 0.5, 0.8, 0.999])
def test_a_flipped_byte_is_detected(releases: Path, at: float) -> None:
    path = serving(releases)
    data = bytearray(path.read_bytes())
    place = int(at if at >= 1 or at == 0 else at * len(data))
    data[place] ^= 0x41
    path.write_bytes(bytes(data))
    assert main(["verify", "--releases", str(releases)]) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"file": "x"}', '{"release_id": "a", "file": "b.duckdb"}'])
def test_a_damaged_pointer_is_told(releases: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (releases / "CURRENT").write_text(text, encoding="utf-8")
    assert main(["verify", "--releases", str(releases)]) == 1
    said = capsys.readouterr().err
    assert "CURRENT" in said and "Traceback" not in said


def test_a_pointer_to_a_missing_release_is_told(releases: Path) -> None:
    serving(releases).unlink()
    assert main(["verify", "--releases", str(releases)]) in (1, 2)


def test_a_damaged_pointer_is_mended_by_the_next_load(inputs: Path, releases: Path) -> None:
    (releases / "CURRENT").write_text("{", encoding="utf-8")
    assert main(["load", str(inputs), "--releases", str(releases), "--quiet"]) == 0
    assert main(["verify", "--releases", str(releases)]) == 0


def test_a_damaged_release_is_mended_by_loading_the_same_again(inputs: Path, releases: Path) -> None:
    """The same inputs give the same id: the broken file of that name must not stand in the way."""
    path = serving(releases)
    path.write_bytes(path.read_bytes()[:5000])
    assert main(["load", str(inputs), "--releases", str(releases), "--quiet"]) == 0
    assert main(["verify", "--releases", str(releases)]) == 0


def test_a_damaged_release_is_mended_by_a_load_if_changed(
    inputs: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["load", str(inputs), "--releases", str(releases), "--if-changed", "--quiet"]
    assert main(asked) == 0 and "没有变化" in capsys.readouterr().out
    path = serving(releases)
    os.truncate(path, path.stat().st_size // 2)
    assert main(asked) == 0
    assert "没有变化" not in capsys.readouterr().out
    assert verify_file(serving(releases))["fact"] > 0


def test_the_summary_counts_the_findings_of_the_checks_too(
    inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "other"
    for command in ("check", "load"):
        assert main([command, str(inputs), "--releases", str(folder), "--quiet"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("发现")]
    with duckdb.connect(str(serving(folder)), read_only=True) as con:
        sql = "select count(*) from finding where level = ? and state = 'open'"
        n = {level: con.execute(sql, [level]).fetchall()[0][0] for level in ("error", "warning", "note")}
    assert n["warning"] > 0
    assert said == [f"发现 / findings: 错误 {n['error']}，提醒 {n['warning']}，备注 {n['note']}"] * 2


def test_releases_are_told_apart_and_damaged_ones_named(
    inputs: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(inputs / "ningxia-2021")
    old = serving(releases)
    load(Wanted((inputs,)), releases)
    os.truncate(old, old.stat().st_size // 2)
    assert main(["releases", "--releases", str(releases)]) == 0
    lines = {line[2:14]: line for line in capsys.readouterr().out.splitlines()}
    assert "damaged" in lines[old.stem]
    assert lines[serving(releases).stem].startswith("* ") and "1 个文件" in lines[serving(releases).stem]


def test_the_second_of_two_loads_refuses(inputs: Path, releases: Path) -> None:
    before = current(releases)
    add_a_file(inputs)
    with locked(releases):
        other = command("load", inputs, "--releases", releases)
        _, said = other.communicate(timeout=60)
    assert other.returncode == 1
    assert "another load is running" in said.decode() and "另一个装载正在进行" in said.decode()
    assert current(releases) == before


def test_of_two_loads_at_once_one_publishes_and_none_harms(inputs: Path, releases: Path) -> None:
    add_a_file(inputs)
    both = [command("load", inputs, "--releases", releases) for _ in range(2)]
    codes = [p.wait(timeout=120) for p in both]
    for p in both:
        p.communicate()
    assert set(codes) <= {0, 1} and 0 in codes
    assert main(["verify", "--releases", str(releases)]) == 0


def test_loading_twice_gives_the_same_release(inputs: Path, releases: Path, tmp_path: Path) -> None:
    first = current(releases)
    again = load(Wanted((inputs,)), releases).pointer
    assert again is not None and again.release_id == first["release_id"]
    elsewhere = load(Wanted((inputs,)), tmp_path / "elsewhere").pointer
    assert elsewhere is not None and elsewhere.release_id == first["release_id"]
    assert tables(serving(releases)) == tables(serving(tmp_path / "elsewhere"))


@pytest.mark.parametrize(
    "env",
    [
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        pytest.param({"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"}, marks=pytest.mark.slow),
    ],
    ids=["new-york-c", "auckland-utf8"],
)
def test_place_locale_and_hash_seed_change_nothing(
    inputs: Path, releases: Path, tmp_path: Path, env: dict[str, str]
) -> None:
    there = tmp_path / "there"
    run = command("load", inputs, "--releases", there, env=env)
    _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said.decode()
    assert current(there)["release_id"] == current(releases)["release_id"]
    assert tables(serving(there)) == tables(serving(releases))


def test_the_order_of_files_changes_nothing(
    inputs: Path, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.iterdir

    def backwards(folder: Path) -> Iterator[Path]:
        return iter(sorted(real(folder), reverse=True))

    monkeypatch.setattr(Path, "iterdir", backwards)
    loaded = etl.run.read_inputs(Wanted((inputs,)))
    other = etl.run.assemble(loaded.catalog, list(reversed([s.submission for s in loaded.assembly.standings])))
    path = tmp_path / "reversed.duckdb"
    etl.run.build_release(loaded.catalog, other, [], path, loaded.release_id, loaded.inputs_sha256, loaded.loaded_at)
    assert loaded.release_id == current(releases)["release_id"]
    here, there = tables(serving(releases)), tables(path)
    # A second name of the same bytes is listed in another place only when the files are listed in another order.
    assert {n: rows for n, rows in there.items() if n not in ("submission", "finding")} == {
        n: rows for n, rows in here.items() if n not in ("submission", "finding")
    }
    assert len(there["submission"]) == len(here["submission"])


def test_a_load_killed_at_any_moment_harms_nothing(inputs: Path, releases: Path) -> None:
    first = current(releases)
    killed = 0
    for number, wait in enumerate((0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.2, 2.6)):
        add_a_file(inputs)
        (inputs / "ningxia-2021" / f"空{number}.txt").write_text(f"{number}", encoding="utf-8")
        run = command("load", inputs, "--releases", releases)
        time.sleep(wait)
        if run.poll() is None:
            run.send_signal(signal.SIGKILL)
            killed += 1
        run.communicate(timeout=60)
        pointer = read_pointer(releases)
        assert pointer is not None
        assert verify_file(releases / pointer.file)["fact"] > 0
        assert main(["verify", "--releases", str(releases)]) == 0
    assert killed >= 1
    assert main(["load", str(inputs), "--releases", str(releases), "--quiet"]) == 0
    assert current(releases)["release_id"] != first["release_id"]
    assert not list(releases.glob("*.building*"))


def test_rollback_serves_the_earlier_release(inputs: Path, releases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = current(releases)
    add_a_file(inputs)
    load(Wanted((inputs,)), releases)
    assert current(releases)["release_id"] != first["release_id"]
    assert main(["rollback", str(first["release_id"]), "--releases", str(releases)]) == 0
    assert {k: current(releases)[k] for k in ("release_id", "file", "sha256", "bytes")} == {
        k: first[k] for k in ("release_id", "file", "sha256", "bytes")
    }
    assert main(["verify", "--releases", str(releases)]) == 0
    capsys.readouterr()
    assert main(["releases", "--releases", str(releases)]) == 0
    starred = [line for line in capsys.readouterr().out.splitlines() if line.startswith("*")]
    assert len(starred) == 1 and str(first["release_id"]) in starred[0]


@pytest.mark.parametrize("name", ["nothing", "../CURRENT", ""])
def test_rollback_to_nothing_is_wrong_usage(releases: Path, name: str) -> None:
    before = current(releases)
    assert main(["rollback", name, "--releases", str(releases)]) == 2
    assert current(releases) == before


def test_rollback_to_a_damaged_release_refuses(inputs: Path, releases: Path) -> None:
    first = serving(releases)
    add_a_file(inputs)
    load(Wanted((inputs,)), releases)
    now = current(releases)
    first.write_bytes(first.read_bytes()[: first.stat().st_size // 2])
    assert main(["rollback", first.stem, "--releases", str(releases)]) == 1
    assert current(releases) == now


def test_a_reader_keeps_its_release_while_others_are_published(inputs: Path, releases: Path) -> None:
    with duckdb.connect(str(serving(releases)), read_only=True) as con:
        before = con.execute("select count(*), sum(value) from fact").fetchall()
        add_a_file(inputs)
        load(Wanted((inputs,)), releases)
        assert con.execute("select count(*), sum(value) from fact").fetchall() == before
