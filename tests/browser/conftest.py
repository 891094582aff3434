"""A running dashboards server, a real browser, and a page that may talk to that server only."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
)
SCREENSHOTS = Path(__file__).with_name("screenshots")
PATIENCE_MS = 120_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the one server: keep it on one worker."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A dashboards server in a process of its own."""

    process: subprocess.Popen[bytes]
    address: str

    def children(self) -> list[int]:
        """Process ids of the kernels it started."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]

    def stop(self, sig: int = signal.SIGINT, patience: float = 20.0) -> int:
        """End it as Ctrl-C does; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(sig)
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait(patience)


def start_server(log: Path) -> Server:
    """Start ``ilrs dashboards`` and wait until it answers."""
    port = free_port()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "ilrs_science", "dashboards", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env={**os.environ, "PYTHONWARNINGS": "default"},
            start_new_session=True,
        )
    server = Server(process, f"http://127.0.0.1:{port}/")
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended by itself:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(server.address, timeout=5):
                return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    server.stop()
    pytest.fail(f"the server does not answer:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboards on a free port of this machine, ended with the tests."""
    running = start_server(tmp_path_factory.mktemp("dashboards") / "server.log")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    """The browser that ``make test`` made sure of."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page of one visitor, and what it did."""

    page: Page
    address: str
    abroad: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """Open a page of the server."""
        self.page.goto(self.address + path)
        return self.page

    def open_dashboard(self, notebook: str, *, figures: int) -> Page:
        """Open a dashboard and wait until its figures are drawn."""
        self.open(f"voila/render/{notebook}")
        self.wait_for_figures(figures)
        return self.page

    def wait_for_figures(self, count: int) -> None:
        """Wait until that many figures are drawn."""
        script = f"document.querySelectorAll('.ilrs-figure[data-drawn]').length >= {count}"
        self.page.wait_for_function(script, timeout=PATIENCE_MS, polling=100)

    def draws(self, number: int = 0) -> int:
        """How often a figure was drawn so far."""
        return int(self.page.locator(".ilrs-figure").nth(number).get_attribute("data-drawn") or 0)

    def wait_for_redraw(self, before: int, number: int = 0) -> None:
        """Wait until a figure was drawn more often than before."""
        script = f"Number(document.querySelectorAll('.ilrs-figure')[{number}].dataset.drawn) > {before}"
        self.page.wait_for_function(script, timeout=PATIENCE_MS, polling=100)

    def picture(self, name: str) -> Path:
        """Take a screenshot of the whole page, to be looked at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.wait_for_timeout(800)
        self.page.screenshot(path=path, full_page=True)
        return path

    def note_request(self, request: Request) -> None:
        """Keep the address of a request to elsewhere."""
        if not request.url.startswith(
            (self.address, "data:", "blob:", "about:", self.address.replace("http", "ws", 1))
        ):
            self.abroad.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        """Keep errors of the page, those of a broken content security policy included."""
        if message.type == "error" and not re.search(r"status of 404", message.text):
            self.faults.append(message.text)


class Visitors:
    """The visitors of a test module; each has a session of its own, and a page may be used by several tests."""

    def __init__(self, server: Server, chromium: Browser) -> None:
        self._server, self._chromium = server, chromium
        self._all: list[Visit] = []
        self._open: dict[tuple[str, str, int], Visit] = {}

    def __call__(self, theme: str = "light", width: int = 1280) -> Visit:
        """A new visitor."""
        context = self._chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
        one = Visit(context.new_page(), self._server.address)
        one.page.set_default_timeout(PATIENCE_MS)
        one.page.on("request", one.note_request)
        one.page.on("console", one.note_console)
        one.page.on("pageerror", lambda error: one.faults.append(str(error)))
        self._all.append(one)
        return one

    def at(self, notebook: str, *, figures: int, theme: str = "light", width: int = 1280) -> Visit:
        """The visitor who looks at a dashboard; the same one each time it is asked for."""
        key = notebook, theme, width
        if key not in self._open:
            self._open[key] = self(theme, width)
            self._open[key].open_dashboard(notebook, figures=figures)
        return self._open[key]

    def leave(self) -> None:
        """Close all pages."""
        for one in self._all:
            one.page.context.close()

    def take_complaints(self) -> list[str]:
        """Requests to elsewhere and errors since the last time."""
        found = [text for one in self._all for text in [*one.abroad, *one.faults]]
        for one in self._all:
            one.abroad.clear()
            one.faults.clear()
        return found


@pytest.fixture(scope="module")
def visitors(server: Server, chromium: Browser) -> Iterator[Visitors]:
    """Visitors of this module."""
    all_of_them = Visitors(server, chromium)
    yield all_of_them
    all_of_them.leave()


@pytest.fixture
def visit(visitors: Visitors) -> Iterator[Visitors]:
    """Make visits: ``visit(theme="dark", width=390)``; the test fails if a page asked another host or had an error."""
    yield visitors
    assert visitors.take_complaints() == []
