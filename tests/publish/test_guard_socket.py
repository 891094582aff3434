"""The guard on a websocket: what passes to the kernel, what ends the connection, what a visitor never sees."""

from __future__ import annotations

import json
import logging
import time
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from ilrs_science.publish import guard
from ilrs_science.publish.frames import PROTOCOL
from ilrs_science.publish.guard import GuardedWebsocket, TokenBucket, untold
from tests.publish.loop import finished


def frame(kind: str = "comm_msg", content: object = None, channel: str = "shell") -> bytes:
    """A frame as the front end sends it; by default one that moves a widget."""
    moved = {"comm_id": "1", "data": {"method": "update", "state": {}}}
    parts = [{"msg_type": kind}, {}, {}, moved if content is None else content]
    return serialize_msg_to_ws_v1([json.dumps(part).encode() for part in parts], channel)


class Socket(GuardedWebsocket):
    """The guard without a server: what it hands on and how it ends is kept."""

    log = logging.getLogger("guard")

    def __init__(self) -> None:
        self.closed: list[tuple[int, str]] = []
        self.request = SimpleNamespace(headers={})
        self.initialize()

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        self.closed.append((code or 0, reason or ""))


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """What reached the kernel and what reached the browser."""
    kept: dict[str, list[Any]] = {"kernel": [], "browser": [], "opened": []}

    async def opened(self: Any) -> None:
        kept["opened"].append(self)

    parent = VoilaKernelWebsocketHandler
    monkeypatch.setattr(parent, "initialize", lambda self: None, raising=False)
    monkeypatch.setattr(parent, "pre_get", opened, raising=False)
    monkeypatch.setattr(parent, "on_message", lambda self, one: kept["kernel"].append(one), raising=False)
    monkeypatch.setattr(
        parent,
        "write_message",
        lambda self, one, binary=False: kept["browser"].append((one, binary)),
        raising=False,
    )
    return kept


def test_a_moved_widget_reaches_the_kernel_unchanged(passed: dict[str, list[Any]]) -> None:
    socket, sent = Socket(), frame()
    socket.on_message(sent)
    assert passed["kernel"] == [sent]
    assert socket.closed == []


@pytest.mark.parametrize(
    "sent",
    [
        frame("execute_request", {"code": "1"}),
        frame(content={"data": {"method": "display"}}),
        frame("comm_open", {"target_name": "jupyter.widget"}),
        frame(channel="stdin"),
    ],
)
def test_a_refused_message_is_dropped_and_the_connection_stays(
    passed: dict[str, list[Any]], caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    socket = Socket()
    with caplog.at_level(logging.WARNING, "guard"):
        socket.on_message(sent)
        socket.on_message(frame())
    assert passed["kernel"] == [frame()]
    assert socket.closed == []
    assert caplog.messages[0].startswith("Refused from a visitor: ")


@pytest.mark.parametrize(
    ("sent", "code", "says"),
    [
        ("text", 1003, "binary frames of the v1 protocol only"),
        (b"\x00" * 1_048_577, 1003, "binary frames of the v1 protocol only"),
        (b"short", 1002, "the frame is shorter than its count"),
        (b"\x00" * 1_048_576, 1002, "the frame does not hold the offsets it announces"),
    ],
)
def test_what_is_no_frame_ends_the_connection(
    passed: dict[str, list[Any]], sent: str | bytes, code: int, says: str
) -> None:
    socket = Socket()
    socket.on_message(sent)
    assert socket.closed == [(code, says)]
    socket.on_message(frame())
    assert passed["kernel"] == [], "what was on its way is not heard"
    assert len(socket.closed) == 1


def test_a_flood_ends_the_connection(passed: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    socket = Socket()
    for _ in range(300):
        socket.on_message(frame())
    assert len(passed["kernel"]) == 240
    assert socket.closed == [(1008, "too many messages")]


def test_refused_messages_count_towards_a_flood(
    passed: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    socket = Socket()
    for _ in range(241):
        socket.on_message(frame("execute_request"))
    assert socket.closed == [(1008, "too many messages")]


def test_the_allowance_comes_back_at_its_rate_and_never_beyond_its_burst(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(guard.time, "monotonic", lambda: now)
    bucket = TokenBucket(rate=2, burst=3)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now = 0.4
    assert not bucket.take(), "0.8 of a token"
    now = 0.5
    assert bucket.take()
    assert not bucket.take()
    now = 1000.0
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (
            "error",
            {"ename": "ValueError", "evalue": "why", "traceback": ["\x1b[31mat line 3\x1b[0m", "the rest"]},
        ),
        ("stream", {"name": "stderr", "text": "at line 3\nthe rest"}),
    ],
)
def test_tracebacks_and_printed_text_go_to_the_log_and_not_to_the_browser(
    passed: dict[str, list[Any]], caplog: pytest.LogCaptureFixture, kind: str, content: dict[str, Any]
) -> None:
    with caplog.at_level(logging.WARNING, "guard"):
        assert Socket().write_message(frame(kind, content, "iopub"), binary=True) is None
    assert passed["browser"] == []
    assert len(caplog.records) == 1
    assert r"'at line 3\nthe rest'" in caplog.text
    assert ("ValueError why" in caplog.text) == (kind == "error")


def test_what_is_logged_has_an_end_and_one_line() -> None:
    long = untold(frame("stream", {"name": "stderr", "text": "\r\x1b]0;x" + "y" * 10_000}, "iopub"))
    assert len(long) < 5000
    assert long.isprintable()
    assert "cannot be read" in untold(b"no frame at all")


@pytest.mark.parametrize(
    "sent", [frame("comm_msg"), frame("status", {}, "iopub"), b"short", "text", {"a": 1}]
)
def test_all_else_reaches_the_browser(passed: dict[str, list[Any]], sent: Any) -> None:
    Socket().write_message(sent, binary=isinstance(sent, bytes))
    assert passed["browser"] == [(sent, isinstance(sent, bytes))]


@pytest.mark.parametrize("offered", [PROTOCOL, f"other, {PROTOCOL}", f"{PROTOCOL},x"])
def test_the_protocol_opens_the_door(passed: dict[str, list[Any]], offered: str) -> None:
    socket = Socket()
    socket.request.headers["Sec-WebSocket-Protocol"] = offered
    finished(socket.pre_get())
    assert passed["opened"] == [socket]


@pytest.mark.parametrize("offered", [None, "", "v0", PROTOCOL + "x", "v1"])
def test_any_other_protocol_is_refused_before_a_kernel_is_looked_up(
    passed: dict[str, list[Any]], offered: str | None
) -> None:
    socket = Socket()
    if offered is not None:
        socket.request.headers["Sec-WebSocket-Protocol"] = offered
    with pytest.raises(HTTPError) as caught:
        finished(socket.pre_get())
    assert caught.value.status_code == 400
    assert passed["opened"] == []
