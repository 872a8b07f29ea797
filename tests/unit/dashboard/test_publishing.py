"""Publishing is whole or not at all, takes what lay on the desk when it began, and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.desk import publishing, snapshot, staging
from dashboard.desk.decision_rows import read_rows
from dashboard.desk.loader import Ended
from dashboard.desk.places import Desk
from dashboard.desk.publishing import discard, publish, settle
from dashboard.desk.snapshot import recorded, send, take_snapshot
from dashboard.desk.staging import change_arrivals, read_arrivals, stage, staged_files, unstage

AT, LATER = datetime(2026, 7, 3, 9, 30), datetime(2026, 7, 3, 15)
DAY = "2026-07-03"
HEAD = b"decision_id,kind\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two files and a decision that wait, beside a published decision."""
    made = Desk(tmp_path)
    stage(made, [("表.docx", b"1"), ("册.xlsx", b"22")], AT)
    made.published_decisions.write_bytes(HEAD + b"1,reject\n3,reject\n")
    made.decisions.write_bytes(HEAD + b"1,reject\n2,reject\n")
    return made


def loader(monkeypatch: pytest.MonkeyPatch, code: int = 0, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Stands in for the loader: `meanwhile` happens while it runs."""

    def run(*_: object) -> Ended:
        meanwhile()
        return Ended(code, ("no",) if code else ())

    monkeypatch.setattr(publishing, "run_loader", run)


def lying(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder but its register."""
    return {p.name: p.read_bytes() for p in folder.rglob("*.*") if p.is_file() and p.name != "received.csv"}


def ids(path: Path) -> list[str]:
    return [row["decision_id"] for row in read_rows(path)]


def is_as_it_was(desk: Desk) -> bool:
    """Whether inbox, decisions and desk are those of the fixture."""
    assert lying(desk.inbox) == {} and not list(desk.inbox.rglob("received.csv"))
    assert desk.published_decisions.read_bytes() == HEAD + b"1,reject\n3,reject\n"
    assert desk.decisions.read_bytes() == HEAD + b"1,reject\n2,reject\n"
    assert not desk.under_way.exists()
    return lying(desk.staged) == {"表.docx": b"1", "册.xlsx": b"22"}


def test_a_done_load_moves_files_and_joins_decisions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(desk.staged / "表.docx", (1e9, 1e9))
    loader(monkeypatch)
    assert publish(desk, DAY).is_done
    assert ids(desk.published_decisions) == ["1", "3", "2"]
    assert lying(desk.inbox / DAY) == {"表.docx": b"1", "册.xlsx": b"22"}
    assert (desk.inbox / DAY / "表.docx").stat().st_mtime == 1e9
    assert dict(read_arrivals(desk.inbox / DAY)) == dict.fromkeys(("表.docx", "册.xlsx"), "2026-07-03 09:30:00")
    assert not desk.staged.exists() and not desk.decisions.exists() and not desk.under_way.exists()


def test_a_failed_load_leaves_inbox_decisions_and_desk_as_they_were(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader(monkeypatch, 1)
    assert publish(desk, DAY).words == "no" and is_as_it_was(desk)


def test_a_run_that_the_clerk_leaves_is_undone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    loader(monkeypatch, 0, lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        publish(desk, DAY)
    assert is_as_it_was(desk)


def test_what_comes_while_the_load_runs_stays_on_the_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile() -> None:
        stage(desk, [("新.docx", b"3"), ("表.docx", b"1")], LATER)
        unstage(desk, ["册.xlsx"])
        stage(desk, [("册.xlsx", b"other")], AT)
        desk.decisions.write_bytes(HEAD + b"1,reject\n2,reject\n4,reject\n")

    loader(monkeypatch, 0, meanwhile)
    assert publish(desk, DAY).is_done
    assert lying(desk.staged) == {"册.xlsx": b"other", "新.docx": b"3"}
    assert sorted(read_arrivals(desk.staged)) == [
        ("册.xlsx", "2026-07-03 09:30:00"),
        ("新.docx", "2026-07-03 15:00:00"),
    ]
    assert (ids(desk.published_decisions), ids(desk.decisions)) == (["1", "3", "2"], ["1", "3", "2", "4"])
    loader(monkeypatch)
    assert publish(desk, DAY).is_done
    assert lying(desk.inbox) == {"表.docx": b"1", "册.xlsx": b"22", "册 (2).xlsx": b"other", "新.docx": b"3"}
    assert ids(desk.published_decisions) == ["1", "3", "2", "4"] and not desk.decisions.exists()


def test_an_arrival_set_right_while_the_load_runs_is_not_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    loader(monkeypatch, 0, lambda: change_arrivals(desk, {"表.docx": datetime(2026, 7, 1, 8)}))
    assert publish(desk, DAY).is_done and lying(desk.staged) == {"表.docx": b"1"}
    loader(monkeypatch)
    assert publish(desk, DAY).is_done and staged_files(desk) == []
    assert dict(read_arrivals(desk.inbox / DAY))["表 (2).docx"] == "2026-07-01 08:00:00"


def test_a_second_window_publishes_nothing_meanwhile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    second: list[Ended] = []
    loader(monkeypatch, 1, lambda: (second.append(publish(desk, DAY)), settle(desk)))
    publish(desk, DAY)
    assert "Another window" in second[0].words and is_as_it_was(desk)


@pytest.mark.parametrize(
    ("where", "name", "after"),
    [
        (snapshot, "merge_decisions", 0),
        (snapshot, "note_arrivals", 0),
        (snapshot, "_move", 0),
        (snapshot, "_move", 1),
        (snapshot, "replace_bytes", 0),
        (shutil, "move", 1),
        (shutil, "copy2", 3),
        (publishing, "run_loader", 0),
    ],
)
def test_what_fails_at_any_step_is_undone_and_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, where: object, name: str, after: int
) -> None:
    loader(monkeypatch)
    whole, calls = getattr(where, name), []

    def full(*given: Path) -> object:
        calls.append(given)
        if len(calls) <= after:
            return whole(*given)
        if where is shutil:
            Path(given[1]).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(where, name, full)
        ended = publish(desk, DAY)
    assert not ended.is_done and "No space left" in ended.words and "没有发布" in ended.words_in("zh")
    assert len(calls) == after + 1 and is_as_it_was(desk)


def test_a_copy_cut_short_on_the_way_to_another_disk_is_no_file_of_the_inbox(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.inbox / DAY).mkdir(parents=True)
    (desk.inbox / DAY / "表.docx").write_bytes(b"old")
    loader(monkeypatch)

    def full(_: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "move", full)
    assert not publish(desk, DAY).is_done and lying(desk.inbox) == {"表.docx": b"old"}


def test_files_of_the_inbox_are_neither_overwritten_nor_taken_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.inbox / DAY).mkdir(parents=True)
    (desk.inbox / DAY / "表.docx").write_bytes(b"old")
    stage(desk, [("表.docx", b"3")], AT)
    loader(monkeypatch, 1)
    assert not publish(desk, DAY).is_done and lying(desk.inbox) == {"表.docx": b"old"}
    loader(monkeypatch)
    assert publish(desk, DAY).is_done
    # 表 (2).docx of the desk and the second 表.docx of the folder want the same name.
    assert sorted(lying(desk.inbox).items()) == [
        ("册.xlsx", b"22"), ("表 (2).docx", b"3"), ("表 (3).docx", b"1"), ("表.docx", b"old"),
    ]  # fmt: skip


def test_what_was_published_before_is_not_sent_again_nor_taken_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader(monkeypatch)
    assert publish(desk, DAY).is_done
    published = lying(desk.inbox)
    stage(desk, [("表.docx", b"1"), ("新.docx", b"3")], AT)
    loader(monkeypatch, 1)
    assert not publish(desk, DAY).is_done
    assert lying(desk.inbox) == published and len(read_arrivals(desk.inbox / DAY)) == 2
    loader(monkeypatch)
    assert publish(desk, DAY).is_done and staged_files(desk) == []
    assert lying(desk.inbox) == {**published, "新.docx": b"3"}


def broken_off(desk: Desk) -> None:
    """The server stops while the load runs."""
    send(desk, take_snapshot(desk, DAY))
    assert set(lying(desk.inbox)) == {"表.docx", "册.xlsx"} and ids(desk.published_decisions) == ["1", "3", "2"]


def test_a_publishing_that_was_broken_off_is_undone(desk: Desk) -> None:
    broken_off(desk)
    settle(desk)
    assert is_as_it_was(desk)


def test_a_desk_that_is_cleared_after_it_leaves_nothing_to_be_counted(desk: Desk) -> None:
    broken_off(desk)
    discard(desk)
    assert lying(desk.inbox) == {} and ids(desk.published_decisions) == ["1", "3"]
    assert not staged_files(desk) and not desk.decisions.exists()


def test_a_publishing_after_it_leaves_no_second_copy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_off(desk)
    unstage(desk, ["册.xlsx"])
    loader(monkeypatch)
    assert publish(desk, "2026-07-04").is_done
    assert [str(p.relative_to(desk.inbox)) for p in desk.inbox.rglob("*.docx")] == [str(Path("2026-07-04", "表.docx"))]
    assert lying(desk.inbox) == {"表.docx": b"1"}


def test_one_whose_load_was_done_is_brought_to_its_end(desk: Desk) -> None:
    broken_off(desk)
    (desk.var / "releases").mkdir()
    (desk.var / "releases" / "CURRENT").write_text("{}", encoding="utf-8")
    stage(desk, [("新.docx", b"3")], LATER)
    settle(desk)
    assert set(lying(desk.inbox)) == {"表.docx", "册.xlsx"} and lying(desk.staged) == {"新.docx": b"3"}
    assert ids(desk.published_decisions) == ["1", "3", "2"] and not desk.decisions.exists() and not recorded(desk)


def test_what_others_put_in_its_place_meanwhile_is_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile() -> None:
        (desk.inbox / DAY / "表.docx").write_bytes(b"put there by hand")
        with desk.published_decisions.open("ab") as stream:
            stream.write(b"9,reject\n")

    loader(monkeypatch, 1, meanwhile)
    publish(desk, DAY)
    assert lying(desk.inbox) == {"表.docx": b"put there by hand"} and ids(desk.published_decisions) == ["1", "3", "9"]
    loader(monkeypatch, 0, (desk.inbox / DAY / "册.xlsx").unlink)
    assert publish(desk, DAY).is_done
    assert lying(desk.staged) == {"册.xlsx": b"22"}


def test_only_what_may_be_the_same_file_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.inbox / DAY).mkdir(parents=True)
    for name, data in (("表.docx", b"too long"), ("别.docx", b"1"), ("册.xlsx", b"33")):
        (desk.inbox / DAY / name).write_bytes(data)
    read: list[Path] = []
    whole = staging.digest_of
    monkeypatch.setattr(staging, "digest_of", lambda path: (read.append(path), whole(path))[1])
    sent = take_snapshot(desk, DAY)
    assert read == [desk.inbox / DAY / "册.xlsx"]
    assert sorted(f.target for f in sent.files) == ["册 (2).xlsx", "表 (2).docx"]
    assert recorded(desk) == sent == replace(sent)
