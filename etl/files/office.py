"""Old Word files, RTF and OpenDocument -> .docx/.xlsx by LibreOffice: one call a load, in a profile of its own, with an end."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.files.kept import NOTHING_KEPT, Kept
from etl.files.workers import Lost

START_SECONDS = 60.0  # a fresh profile and a cold disk
FILE_SECONDS = 5.0
ALONE_SECONDS = 40.0

TARGETS = {"ole-word": "docx", "rtf": "docx", "odt": "docx", "fodt": "docx", "word-xml": "docx", "ods": "xlsx"}
_SUFFIXES = {"ole-word": "doc", "word-xml": "xml"}
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)

# No macro runs, no link is followed, nothing is asked of the network, whatever a file wants.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Load", "UpdateDocMode", "0"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True)
class OldFile:
    """A file to convert and its kind by content."""

    path: Path
    kind: str


def _suffix(kind: str) -> str:
    return _SUFFIXES.get(kind, kind)


def find_office() -> Path | None:
    """The LibreOffice program, None when it is not installed. ATLAS_SOFFICE names it where it stands elsewhere."""
    named = os.environ.get("ATLAS_SOFFICE")
    if named is not None:
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    return next((Path(p) for p in _PLACES if Path(p).is_file()), None)


def convert_all(files: Sequence[OldFile], folder: Path, kept: Kept = NOTHING_KEPT) -> list[Path | Lost]:
    """The converted copy of each file, or why there is none. A copy that is kept is not made again."""
    office = find_office()
    if office is None:
        return [Lost("needs_libreoffice", _suffix(f.kind)) for f in files]
    folder.mkdir(parents=True)
    keys = [_key(office, f) if kept.folder else () for f in files]
    before = [
        _kept_copy(kept, key, folder / f"kept{n}.{TARGETS[f.kind]}")
        for n, (f, key) in enumerate(zip(files, keys, strict=True))
    ]
    left = [n for n, copy in enumerate(before) if copy is None]
    made: list[Path | Lost | None] = list(before)
    for n, copy in zip(left, _convert(office, [files[n] for n in left], folder), strict=True):
        made[n] = copy
        if isinstance(copy, Path):
            kept.write(copy.read_bytes(), *keys[n])
    return [copy for copy in made if copy is not None]


def _key(office: Path, file: OldFile) -> tuple[object, ...]:
    """What the copy is made of: the bytes, and the program as it is installed."""
    return (
        "office",
        hashlib.sha256(file.path.read_bytes()).hexdigest(),
        file.kind,
        office.resolve(),
        office.stat().st_mtime_ns,
    )


def _kept_copy(kept: Kept, key: tuple[object, ...], path: Path) -> Path | None:
    data = kept.read(*key) if key else None
    if data:
        path.write_bytes(data)
    return path if data else None


def _convert(office: Path, files: Sequence[OldFile], folder: Path) -> list[Path | Lost]:
    """The copies made now."""
    named: list[Path] = []
    for number, file in enumerate(files):
        copy = folder / "in" / f"{number:05d}.{_suffix(file.kind)}"  # by content: LibreOffice goes by the name
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(file.path, copy)
        named.append(copy)
    made = [folder / "out" / f"{n.stem}.{TARGETS[f.kind]}" for n, f in zip(named, files, strict=True)]
    for target in ("docx", "xlsx"):
        batch = [n for n, f in zip(named, files, strict=True) if TARGETS[f.kind] == target]
        if batch:
            _run(office, batch, target, folder, START_SECONDS + FILE_SECONDS * len(batch))
    return [_outcome(office, source, out, folder) for source, out in zip(named, made, strict=True)]


def _outcome(office: Path, source: Path, made: Path, folder: Path) -> Path | Lost:
    """The copy; a file that the batch did not get to is tried once alone."""
    if made.exists():
        return made
    if not _run(office, [source], made.suffix[1:], folder, ALONE_SECONDS):
        return Lost("timed_out", f"> {ALONE_SECONDS:g} s", f"{ALONE_SECONDS:g} s")
    return made if made.exists() else Lost("file_damaged", "LibreOffice")


def _run(office: Path, files: Sequence[Path], target: str, folder: Path, seconds: float) -> bool:
    """One call. False when it did not end in time and was killed with all it had started."""
    profile = folder / "profile"
    _write_profile(profile)
    command = [str(office), f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore"]
    command += ["--nologo", "--nolockcheck", "--nodefault", "--convert-to", target, "--outdir", str(folder / "out")]
    quiet = subprocess.DEVNULL
    is_windows = sys.platform == "win32"
    process = subprocess.Popen(  # noqa: S603
        [*command, *map(str, files)],
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        cwd=folder,
        start_new_session=not is_windows,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        # Also after a normal end: the starter may leave a child behind.
        _kill_group(process)
    return True


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def _write_profile(folder: Path) -> None:
    path = folder / "user" / "registrymodifications.xcu"
    if path.exists():
        return
    path.parent.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{where}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for where, name, value in _SETTINGS
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
