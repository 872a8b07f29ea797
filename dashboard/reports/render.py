"""Pictures of figures: one warm headless Chromium behind a short queue, every picture within its time.

The browser has no network: its proxy is a closed port of this machine. It listens on a pipe, so it ends with this process.
"""

from __future__ import annotations

import asyncio
import atexit
import copy
import io
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import plotly.graph_objects as go

from dashboard.charts.base import EMPTY_TOPO
from dashboard.charts.geometry import GEO_DIR, GEO_URL
from dashboard.reports.browser import CLOSE_S, TabGone, answered, end_tree, opened
from dashboard.theme import CJK_COLLECTION, FONT

LOG = logging.getLogger("atlas.reports")
WAIT_S: Final = 20.0
START_S: Final = 40.0
MAX_QUEUED: Final = 2  # jobs that wait while one is drawn
SCREEN_SCALE: Final = 2.0
CSS_DPI: Final = 96
PRINT_DPI: Final = 300
NOWHERE: Final = "http://127.0.0.1:9"
# Two Han characters that no font draws alike; where there is no Chinese font both are the same empty box.
PROBE: Final = (0x5B89, 0x5168)
PROBE_PX: Final = 60
FOOT_PX: Final = 8  # left below a picture that is trimmed
TRIM_LEVEL: Final = 3  # of its compression: a twentieth larger, a third faster
Spec: TypeAlias = dict[str, Any]


class RenderError(Exception):
    """No picture can be made. `reason` is a key of texts.yaml."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@lru_cache(maxsize=8)
def read_geojson(name: str) -> Spec:
    """A map layer of our own, parsed once."""
    data: Spec = json.loads((GEO_DIR / Path(name).name).read_text(encoding="utf-8"))
    return data


def standalone(figure: go.Figure, kind: str = "png") -> Spec:
    """The figure as plotly.js takes it, with the map layer in it instead of its address, and fonts that suit the format."""
    text = figure.to_json()
    spec: Spec = json.loads(text.replace(CJK_COLLECTION, "") if kind == "pdf" else text)
    for trace in spec["data"]:
        source = trace.get("geojson")
        if isinstance(source, str) and source.startswith(GEO_URL):
            trace["geojson"] = features_of(read_geojson(source), set(trace.get("locations") or ()))
    return spec


def features_of(layer: Spec, unit_ids: set[str]) -> Spec:
    """The layer's features of these units alone."""
    return {"type": layer["type"], "features": [f for f in layer["features"] if f["id"] in unit_ids]}


class Renderer:
    """The browser and its queue; started at the first picture, started again when it hangs."""

    def __init__(self, wait_s: float = WAIT_S, **browser: Any) -> None:
        self._wait_s, self._browser = wait_s, browser
        self._queue = threading.BoundedSemaphore(1 + MAX_QUEUED)
        self._turn = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kaleido: Any = None
        self._thread: threading.Thread | None = None
        self._gone: asyncio.Future[None] | None = None  # done once the browser's page has ended

    @contextmanager
    def _place(self) -> Iterator[None]:
        """A place in the queue, and the turn; RenderError when the queue is full or the wait too long."""
        if not self._queue.acquire(blocking=False):
            raise RenderError("render.busy")
        try:
            if not self._turn.acquire(timeout=self._wait_s * (1 + MAX_QUEUED)):
                raise RenderError("render.busy")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._queue.release()

    def pictures(
        self, figures: Sequence[go.Figure], kind: str = "png", scale: float = SCREEN_SCALE,
        finish: Callable[[bytes], bytes] = bytes,
    ) -> list[bytes]:  # fmt: skip
        """Each figure as a picture, finished while the next one is drawn. Raises RenderError."""
        with self._place(), ThreadPoolExecutor(1) as beside:
            drawn = (self._picture(standalone(figure, kind), kind, scale) for figure in figures)
            return [made.result() for made in [beside.submit(finish, picture) for picture in drawn]]

    def _picture(self, spec: Spec, kind: str, scale: float) -> bytes:
        was_warm, began = self._kaleido is not None, time.monotonic()
        try:
            return self._draw(spec, kind, scale, self._wait_s)
        except RenderError as error:
            is_ended = isinstance(error.__cause__, TabGone) or (was_warm and error.reason == "render.failed")
            left = self._wait_s - (time.monotonic() - began)
            if not is_ended or left <= 0:
                raise
        # Somebody ended the browser or its page: once more with a new one, in what is left of the picture's time.
        return self._draw(spec, kind, scale, left)

    def _draw(self, spec: Spec, kind: str, scale: float, limit_s: float) -> bytes:
        layout = spec.get("layout", {})
        options = {"format": kind, "width": layout.get("width"), "height": layout.get("height"),
                   "scale": scale if kind == "png" else 1}  # fmt: skip
        try:
            self._start()
            made = self._call(answered(self._kaleido.calc_fig(spec, options, topojson=EMPTY_TOPO), self._gone), limit_s)
        except RenderError:
            raise
        except TabGone as error:
            self.close(is_hung=True)
            raise RenderError("render.failed", "the browser's page ended") from error
        except FutureTimeout as error:
            self.close(is_hung=True)
            raise RenderError("render.slow", f"{limit_s:.0f} s") from error
        except Exception as error:
            self.close()
            raise RenderError("render.failed", str(error)) from error
        return bytes(made)

    def _start(self) -> None:
        """The browser, if it isn't there yet."""
        if self._kaleido is not None:
            return
        import kaleido

        # What goes wrong reaches us as an exception; that a browser ends is no error to print.
        for name in ("choreographer", "kaleido"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda _, found: LOG.debug("left in the renderer: %s", found.get("message")))
        thread = threading.Thread(target=loop.run_forever, name="atlas-render", daemon=True)
        thread.start()
        self._loop, self._thread = loop, thread
        try:
            found = kaleido.Kaleido(n=1, timeout=None, mathjax=False, proxy_server=NOWHERE, **self._browser)
            self._gone = self._call(opened(found), START_S)
        except Exception as error:
            self._stop_loop()
            raise RenderError("render.no_browser", f"{type(error).__name__}: {error}") from error
        self._kaleido = found
        atexit.register(self.close)

    def _call(self, task: Any, limit_s: float) -> Any:
        if self._loop is None:
            raise RenderError("render.no_browser")
        future: Future[Any] = asyncio.run_coroutine_threadsafe(task, self._loop)
        try:
            return future.result(limit_s)
        except FutureTimeout:
            future.cancel()
            raise

    def _stop_loop(self) -> None:
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
        self._loop = self._thread = self._gone = None

    def close(self, *, is_hung: bool = False) -> None:
        """End the browser; the next picture starts a new one. A hung one is not asked."""
        found, self._kaleido = self._kaleido, None
        if found is not None:
            process = getattr(found, "subprocess", None)
            if is_hung:
                end_tree(process)
            with suppress(Exception):
                self._call(found.close(), CLOSE_S)
            if process is not None and process.poll() is None:
                end_tree(process)
        self._stop_loop()
        atexit.unregister(self.close)


@lru_cache(maxsize=1)
def shared_renderer() -> Renderer:
    """The one renderer of this process."""
    return Renderer()


def probe_figure(code: int) -> go.Figure:
    """One character, large, on white."""
    figure = go.Figure()
    figure.update_layout(template=None, width=PROBE_PX, height=PROBE_PX, margin={"l": 0, "r": 0, "t": 0, "b": 0},
                         xaxis={"visible": False}, yaxis={"visible": False})  # fmt: skip
    figure.add_annotation(x=0.5, y=0.5, xref="paper", yref="paper", text=chr(code), showarrow=False,
                          font={"size": 40, "family": FONT})  # fmt: skip
    return figure


def probe(renderer: Renderer) -> str:
    """Empty when pictures can be made with Chinese text in them, else the key of the reason."""
    from PIL import Image, ImageChops

    try:
        one, other = renderer.pictures([probe_figure(code) for code in PROBE], scale=1)
    except RenderError as error:
        LOG.warning("no pictures: %s", error)
        return error.reason
    first, second = (Image.open(io.BytesIO(data)).convert("L") for data in (one, other))
    if ImageChops.difference(first, second).getbbox() is None:
        LOG.warning("no pictures: no Chinese font")
        return "render.no_font"
    return ""


@dataclass
class Probed:
    """What the probe of the shared renderer said; None before it was asked."""

    trouble: str | None = None


PROBED: Final = Probed()
LASTING: Final = frozenset({"", "render.no_browser", "render.no_font"})


def picture_trouble() -> str:
    """Empty when pictures work, else the key of the reason; a lasting answer is asked for once a process."""
    if PROBED.trouble is None:
        found = probe(shared_renderer())
        if found not in LASTING:
            return found
        PROBED.trouble = found
    return PROBED.trouble


def with_dpi(png: bytes, dpi: int) -> bytes:
    """The picture with its resolution written into it."""
    from PIL import Image

    stream = io.BytesIO()
    Image.open(io.BytesIO(png)).save(stream, "PNG", dpi=(dpi, dpi))
    return stream.getvalue()


def trimmed(png: bytes) -> bytes:
    """The picture without the empty ground at its foot; what fills its frame less than another one keeps."""
    from PIL import Image, ImageOps

    image = Image.open(io.BytesIO(png)).convert("RGB")
    box = ImageOps.invert(image.convert("L")).getbbox()
    if box is None:
        return png
    stream = io.BytesIO()
    image.crop((0, 0, image.width, min(box[3] + FOOT_PX, image.height))).save(stream, "PNG", compress_level=TRIM_LEVEL)
    return stream.getvalue()


def chart_file(figure: go.Figure, kind: str, *, for_print: bool = False) -> bytes:
    """A chart as PNG (twice the screen's size, or 300 dpi for print), SVG or PDF. Raises RenderError."""
    if trouble := picture_trouble():
        raise RenderError(trouble)
    scale = PRINT_DPI / CSS_DPI if for_print else SCREEN_SCALE
    made = shared_renderer().pictures([copy.copy(figure)], kind, scale)[0]
    return with_dpi(made, PRINT_DPI if for_print else round(CSS_DPI * SCREEN_SCALE)) if kind == "png" else made
