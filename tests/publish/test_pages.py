"""The server's own pages over HTTP: landing page, the one file, and what is not found."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from tornado.httpserver import HTTPServer
from tornado.web import Application

from ilrs_science.paths import share_folder
from ilrs_science.publish.landing import LandingPage, NotFound, OneFile

HEADERS = {"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff"}


class Answer(NamedTuple):
    status: int
    text: str
    headers: dict[str, str]


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebooks")
    about = {"title": "Light & <shade>", "ilrs": {"summary": "When it is light."}}
    (folder / "01_light.ipynb").write_text(json.dumps({"metadata": about}), "utf-8")
    (folder / "02_draft.ipynb").write_text(json.dumps({"metadata": {"title": "Draft"}}), "utf-8")
    return folder


@pytest.fixture(scope="module")
def port(notebooks: Path) -> Iterator[int]:
    """Port of a server with these pages alone."""
    dashboards = share_folder("dashboards")
    (notebooks / "one.js").write_text("let a = 1;", "utf-8")
    pages = Application(
        [
            ("/", LandingPage, {"notebooks": notebooks, "folder": dashboards, "version": "1.2.3"}),
            ("/one-abc.js", OneFile, {"path": str(notebooks / "one.js")}),
        ],
        default_handler_class=NotFound,
        default_handler_args={"folder": dashboards},
        headers=HEADERS,
        log_function=lambda handler: None,
    )
    started: asyncio.Queue[int] = asyncio.Queue()
    loop = asyncio.new_event_loop()

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = HTTPServer(pages)
        server.listen(0, "127.0.0.1")
        (socket,) = server._sockets.values()
        started.put_nowait(socket.getsockname()[1])
        loop.run_forever()
        server.stop()
        loop.run_until_complete(server.close_all_connections())

    thread = Thread(target=run)
    thread.start()
    while started.empty():
        thread.join(0.01)
    yield started.get_nowait()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def get(port: int, path: str, method: str = "GET") -> Answer:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    line.request(method, path, headers={"Connection": "close"})
    answer: HTTPResponse = line.getresponse()
    text = answer.read().decode()
    line.close()
    return Answer(answer.status, text, dict(answer.getheaders()))


def test_the_landing_page_lists_the_published_notebooks(port: int) -> None:
    page = get(port, "/")
    assert page.status == 200
    assert "When it is light." in page.text
    assert "01_light.ipynb" in page.text
    assert "Draft" not in page.text
    assert "1.2.3" in page.text


def test_titles_are_escaped(port: int) -> None:
    page = get(port, "/").text
    assert "Light &amp; &lt;shade&gt;" in page
    assert "<shade>" not in page


@pytest.mark.parametrize("path", ["/", "/one-abc.js", "/nowhere", "/api/contents", "/voila/tree"])
def test_every_answer_has_the_servers_headers(port: int, path: str) -> None:
    found = get(port, path).headers
    assert {name: found[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "path", ["/nowhere", "/one-abc.js/..", "/notebooks/01_light.ipynb", "/%00", "/<script>"]
)
def test_what_is_not_there_is_a_page_that_leads_back(port: int, path: str) -> None:
    page = get(port, path.replace("<", "%3C").replace(">", "%3E"))
    assert page.status == 404
    assert 'href="/"' in page.text
    assert "<script>" not in page.text.split("</head>")[1]
    assert "Traceback" not in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(port: int, method: str) -> None:
    assert get(port, "/", method).status == 405
    assert get(port, "/one-abc.js", method).status == 405


def test_the_one_file_may_be_kept_for_a_year(port: int) -> None:
    file = get(port, "/one-abc.js")
    assert (file.status, file.text) == (200, "let a = 1;")
    assert "max-age=31536000" in file.headers["Cache-Control"]
    assert "javascript" in file.headers["Content-Type"]
    head = get(port, "/one-abc.js", "HEAD")
    assert (head.status, head.text, head.headers["Content-Length"]) == (200, "", "10")
