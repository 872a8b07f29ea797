"""A change of filter on the Overview page, in a real browser: time from the click's message to the last answer, and bytes.

python -m benchmarks.filter_change [--changes 40] [--releases data/var/releases]

A relay on loopback between browser and app times and counts the websocket's bytes, so that neither the browser's
drawing nor the fetching of static files is in the figures. Aim: p95 at most 100 ms, at most 20 kB a change.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
AIM_MS, AIM_BYTES = 100.0, 20_000
START = "?area=chongqing&year=2022&base=2021"
# Filter -> its options in turn, as the page prints them.
TOUR = (
    ("year", "2021 年"),
    ("measure", "曝光问题隐患"),
    ("year", "2022 年"),
    ("measure", "参与人次"),
)
QUIET_S = 0.25
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@dataclass
class Change:
    """One change: when the browser's message passed, when the last answer did, and the bytes of the answers."""

    sent: float = 0.0
    received: float = 0.0
    n_bytes: int = 0

    @property
    def server_ms(self) -> float:
        """From the first byte of the message to the last byte of the answer."""
        return 1000 * (self.received - self.sent)


class Wire:
    """A relay between browser and app on loopback that times and counts the websocket's bytes."""

    def __init__(self, server_port: int) -> None:
        self.server_port, self.now = server_port, Change()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        """A pair of threads for each connection."""
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.server_port))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            upgraded = threading.Event()
            for source, target, is_answer in ((client, server, False), (server, client, True)):
                threading.Thread(target=self.relay, args=(source, target, is_answer, upgraded), daemon=True).start()

    def relay(self, source: socket.socket, target: socket.socket, is_answer: bool, upgraded: threading.Event) -> None:
        """Bytes of one direction; those of a websocket are timed and counted."""
        with suppress(OSError):
            while data := source.recv(1 << 16):
                if not is_answer and b"upgrade: websocket" in data.lower():
                    upgraded.set()
                elif upgraded.is_set():
                    self.count(len(data), is_answer)
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def count(self, n_bytes: int, is_answer: bool) -> None:
        """Note bytes that pass."""
        if is_answer:
            self.now.received, self.now.n_bytes = time.perf_counter(), self.now.n_bytes + n_bytes
        elif not self.now.sent:
            self.now.sent = time.perf_counter()


@contextmanager
def serve(releases: Path) -> Iterator[tuple[int, int]]:
    """The app on a free port of loopback: port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    environment = {**os.environ, "ATLAS_RELEASES": str(releases)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(10)


def cpu_ms(pid: int) -> float:
    """Processor time the app has used; 0 where the system doesn't tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def settle(page: Page, wire: Wire) -> None:
    """Until the script has stopped and nothing more has arrived for a while."""
    page.wait_for_selector(".stApp[data-test-script-state=notRunning]", timeout=30_000)
    count = -1
    while count != wire.now.n_bytes:
        count = wire.now.n_bytes
        page.wait_for_timeout(1000 * QUIET_S)


def choose(page: Page, name: str, words: str) -> None:
    """One option of a filter, as a reader chooses it."""
    box = page.locator(f".st-key-filter_{name} input")
    box.click()
    if box.get_attribute("aria-expanded") != "true":
        box.press("ArrowDown")
    page.get_by_role("option", name=words, exact=True).click(timeout=5_000)


def measure(page: Page, wire: Wire, count: int) -> list[Change]:
    """That many changes of filter, one after the other."""
    changes = []
    for number in range(count):
        name, words = TOUR[number % len(TOUR)]
        wire.now = Change()
        choose(page, name, words)
        for _ in range(200):
            if wire.now.n_bytes:
                break
            page.wait_for_timeout(50)
        assert wire.now.n_bytes, f"choosing {words} changed nothing"
        settle(page, wire)
        changes.append(replace(wire.now))
    return changes


def at(values: list[float], share: float) -> float:
    """The smallest value that this share of the values doesn't exceed (nearest rank)."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def line(name: str, changes: list[Change]) -> str:
    """p50 and p95 of time and bytes."""
    times, sizes = [c.server_ms for c in changes], [float(c.n_bytes) for c in changes]
    return (
        f"{name}: {len(changes)} changes, server time p50 {at(times, 0.5):.0f} ms, p95 {at(times, 0.95):.0f} ms;"
        f" received p50 {at(sizes, 0.5) / 1000:.1f} kB, p95 {at(sizes, 0.95) / 1000:.1f} kB"
    )


def main() -> None:
    """Print the first round of each choice (cold caches) and the rest apart, with the aims."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--releases", type=Path, default=ROOT / "data" / "var" / "releases")
    options = parser.parse_args()
    chromium = next(p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n)))
    with serve(options.releases) as (port, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
        wire = Wire(port)
        page.goto(f"http://127.0.0.1:{wire.port}/{START}")
        page.wait_for_selector("g.geo .choroplethlayer path", state="attached", timeout=30_000)
        settle(page, wire)
        print(f"first load: {wire.now.n_bytes / 1000:.1f} kB")
        used = cpu_ms(pid)
        changes = measure(page, wire, options.changes)
        used = cpu_ms(pid) - used
        browser.close()
    print(line("all", changes))
    print("each: " + ", ".join(f"{c.server_ms:.0f}" for c in changes) + " ms")
    print(line("first round", changes[: len(TOUR)]))
    print(f"processor time of the app: {used / len(changes):.0f} ms a change; load average {os.getloadavg()[0]:.1f}")
    times, sizes = [c.server_ms for c in changes], [float(c.n_bytes) for c in changes]
    kept = at(times, 0.95) <= AIM_MS and at(sizes, 0.95) <= AIM_BYTES
    print(f"aim p95 {AIM_MS:.0f} ms and {AIM_BYTES / 1000:.0f} kB: {'kept' if kept else 'missed'}")


if __name__ == "__main__":
    main()
