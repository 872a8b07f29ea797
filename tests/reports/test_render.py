"""Pictures: crisp and with Chinese in them; said where there is no browser or no font; no process left, no request made."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

import psutil
import pypdfium2
import pytest
from PIL import Image

from dashboard.release import Database
from dashboard.reports import making
from dashboard.reports.drawings import CHARTS, draw_named
from dashboard.reports.opening import view_of
from dashboard.reports.render import (
    MAX_QUEUED,
    WAIT_S,
    Renderer,
    RenderError,
    chart_file,
    probe,
    probe_figure,
    shared_renderer,
)

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}


@pytest.fixture(autouse=True, scope="module")
def closed() -> Iterator[None]:
    yield
    shared_renderer().close()


def test_chinese_is_drawn() -> None:
    assert probe(shared_renderer()) == ""


def test_png_svg_pdf_of_a_map(source: Database) -> None:
    chart = draw_named(view_of(source, QUERY), "map", "participation")
    assert chart is not None
    size = (chart.figure.layout.width, chart.figure.layout.height)
    screen = Image.open(io.BytesIO(chart_file(chart.figure, "png")))
    assert screen.size == (2 * size[0], 2 * size[1])
    colours = {tuple(pixel) for pixel in screen.convert("RGB").resize((300, 220)).get_flattened_data()}
    assert (31, 95, 168) in colours, "the darkest class is on the map"
    printed = Image.open(io.BytesIO(chart_file(chart.figure, "png", for_print=True)))
    assert round(printed.info["dpi"][0]) == 300 and printed.size[0] == pytest.approx(size[0] * 300 / 96, abs=2)
    svg = chart_file(chart.figure, "svg").decode("utf-8")
    assert "渝北" in svg and "参与人次" in svg and "http://cdn" not in svg
    page = pypdfium2.PdfDocument(chart_file(chart.figure, "pdf"))[0]
    words = normalize("NFKC", page.get_textpage().get_text_range()).replace(" ", "")
    assert "参与人次" in words and source.release_id[:12] in words


def test_every_chart_is_a_picture(source: Database) -> None:
    view = view_of(source, QUERY)
    for name in CHARTS:
        chart = draw_named(view, name, "activity_coverage" if name == "filled" else "participation")
        assert chart is not None, name
        assert len(chart_file(chart.figure, "png")) > 20_000, name


def test_without_a_browser_it_is_said(source: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lonely = Renderer(path="/nonexistent/chromium")
    assert probe(lonely) == "render.no_browser"
    monkeypatch.setattr(making, "picture_trouble", lambda: "render.no_browser")
    made = making.make_report(view_of(source, QUERY), "docx")
    assert made.trouble == "render.no_browser" and made.content[:2] == b"PK"
    slides = making.make_report(view_of(source, QUERY), "pptx")
    assert slides.trouble == "render.no_browser" and slides.content[:2] == b"PK"


def test_without_a_chinese_font_it_is_said(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    folder = next((p for p in Path("/usr/share/fonts/truetype").glob("dejavu*")), tmp_path)
    fonts.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")
    code = "from dashboard.reports.render import probe, shared_renderer; print(probe(shared_renderer()))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"FONTCONFIG_FILE": str(fonts)}, capture_output=True,
        text=True, check=True, timeout=90,
    )  # fmt: skip
    assert done.stdout.strip() == "render.no_font"


def test_a_full_queue_is_refused_at_once() -> None:
    renderer = Renderer()
    renderer._turn.acquire()
    waiting = [threading.Thread(target=lambda: quietly(renderer), daemon=True) for _ in range(1 + MAX_QUEUED)]
    for thread in waiting:
        thread.start()
    time.sleep(0.3)
    started = time.monotonic()
    with pytest.raises(RenderError) as refused:
        renderer.pictures([probe_figure(0x5B89)])
    assert refused.value.reason == "render.busy" and time.monotonic() - started < 1
    renderer._turn.release()
    for thread in waiting:
        thread.join(60)
    renderer.close()


def quietly(renderer: Renderer) -> None:
    renderer.pictures([probe_figure(0x5B89)])


def test_a_picture_that_takes_too_long_is_given_up_and_the_next_one_works() -> None:
    renderer = Renderer(wait_s=20)
    renderer.pictures([probe_figure(0x5B89)])
    renderer._wait_s = 0.001
    with pytest.raises(RenderError) as slow:
        renderer.pictures([probe_figure(0x5B89)])
    assert slow.value.reason == "render.slow"
    renderer._wait_s = 20
    assert renderer.pictures([probe_figure(0x5B89)])[0][:4] == b"\x89PNG"
    renderer.close()


def browser_of(renderer: Renderer) -> list[psutil.Process]:
    """The processes of the renderer's browser."""
    return psutil.Process(renderer._kaleido.subprocess.pid).children(recursive=True)


@pytest.mark.slow
def test_a_hung_browser_is_given_up_with_all_its_processes() -> None:
    renderer = Renderer()
    renderer.pictures([probe_figure(0x5B89)])
    hung = browser_of(renderer)
    for process in hung:
        process.suspend()
    renderer._wait_s = 1
    with pytest.raises(RenderError) as slow:
        renderer.pictures([probe_figure(0x5B89)])
    assert slow.value.reason == "render.slow"
    _, alive = psutil.wait_procs(hung, timeout=10)
    assert [process for process in alive if is_alive(process.pid)] == []
    renderer._wait_s = 20
    assert renderer.pictures([probe_figure(0x5B89)])[0][:4] == b"\x89PNG"
    renderer.close()


@pytest.mark.slow
def test_a_browser_ended_while_nobody_used_it_is_not_noticed(capfd: pytest.CaptureFixture[str]) -> None:
    renderer = Renderer()
    renderer.pictures([probe_figure(0x5B89)])
    for process in browser_of(renderer):
        process.kill()
    time.sleep(0.5)
    assert renderer.pictures([probe_figure(0x5B89)])[0][:4] == b"\x89PNG"
    renderer.close()
    assert "Traceback" not in capfd.readouterr().err


def pages_of(renderer: Renderer) -> list[psutil.Process]:
    """The processes of the browser's pages; one that has just ended is none."""
    found = []
    for process in browser_of(renderer):
        with suppress(psutil.NoSuchProcess):
            found += [process] if "--type=renderer" in process.cmdline() else []
    return found


@pytest.mark.parametrize("is_busy", [False, True], ids=["idle", "drawing"])
@pytest.mark.slow
def test_an_ended_page_costs_no_picture_and_not_the_whole_limit(is_busy: bool) -> None:
    renderer = Renderer()
    renderer.pictures([probe_figure(0x5B89)])
    pages = pages_of(renderer)
    assert pages

    def end() -> None:
        time.sleep(0.05 if is_busy else 0)
        for page in pages:
            page.kill()

    ender = threading.Thread(target=end)
    ender.start()
    if not is_busy:
        ender.join()
        time.sleep(0.3)
    began = time.monotonic()
    assert all(made[:4] == b"\x89PNG" for made in renderer.pictures([probe_figure(0x5B89)] * 8))
    assert time.monotonic() - began < WAIT_S, "it was not waited for in vain"
    ender.join()
    renderer.close()


@pytest.mark.parametrize("end", ["exit", "kill"])
def test_no_browser_outlives_its_process(end: str) -> None:
    code = (
        "import psutil, os, time\n"
        "from dashboard.reports.render import probe_figure, shared_renderer\n"
        "shared_renderer().pictures([probe_figure(0x5B89)])\n"
        "print(*[p.pid for p in psutil.Process().children(recursive=True)], flush=True)\n"
        + ("os.kill(os.getpid(), 9)\n" if end == "kill" else "")
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )
    pids = [int(pid) for pid in done.stdout.split()]
    assert pids
    deadline = time.monotonic() + 15
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert [pid for pid in pids if is_alive(pid)] == []


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
