"""A hostile client against the running server: it runs nothing, makes nothing and stops nothing."""

from __future__ import annotations

import json
import re
import secrets
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from ilrs_science.publish.frames import PROTOCOL
from tests.browser.conftest import Server, start_server


@pytest.fixture(scope="module")
def kernel(server: Server) -> str:
    """A session of our own, as opening a dashboard starts it."""
    with urllib.request.urlopen(server.address + "voila/render/04_windows.ipynb", timeout=120) as page:
        text = page.read().decode()
    return re.search(r'"kernelId": "([0-9a-f-]{36})"', text)[1]


def channel(server: Server, kernel: str, protocol: str | None = PROTOCOL, **headers: str) -> ClientConnection:
    address = server.address.replace("http", "ws", 1) + f"api/kernels/{kernel}/channels?session_id=x"
    return connect(
        address,
        subprotocols=[protocol] if protocol else None,
        additional_headers=headers,
        open_timeout=30,
        compression=None,
    )


@pytest.fixture
def socket(server: Server, kernel: str) -> Iterator[ClientConnection]:
    with channel(server, kernel) as connection:
        yield connection


def message(kind: str, content: object, channel: str = "shell") -> bytes:
    header = {
        "msg_id": secrets.token_hex(8),
        "msg_type": kind,
        "session": "x",
        "username": "",
        "version": "5.3",
        "date": "",
    }
    return serialize_msg_to_ws_v1([json.dumps(part).encode() for part in (header, {}, {}, content)], channel)


def answers(socket: ClientConnection, patience: float = 2.0) -> str:
    """Everything that comes back in a while, as text."""
    heard, until = "", time.monotonic() + patience
    while (left := until - time.monotonic()) > 0:
        try:
            heard += socket.recv(timeout=left).decode("utf-8", "replace")
        except TimeoutError:
            break
    return heard


def drain(socket: ClientConnection) -> None:
    """Read until the connection ends."""
    while True:
        socket.recv(timeout=30)


def flood(socket: ClientConnection) -> None:
    """Far more messages than a page ever sends."""
    for _ in range(3000):
        socket.send(message("comm_info_request", {"target_name": "none"}))
    drain(socket)


def test_a_page_may_ask_which_kernel_it_talks_to(socket: ClientConnection) -> None:
    socket.send(message("kernel_info_request", {}))
    assert "kernel_info_reply" in answers(socket, 5)


def test_code_is_not_run(socket: ClientConnection, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = {
        "code": f"open({str(mark)!r}, 'w')",
        "silent": False,
        "store_history": False,
        "user_expressions": {},
        "allow_stdin": False,
    }
    for channel_name in ("shell", "control"):
        socket.send(message("execute_request", code, channel_name))
    assert "execute_reply" not in answers(socket)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("complete_request", {"code": "open(", "cursor_pos": 5}),
        ("inspect_request", {"code": "panel", "cursor_pos": 5, "detail_level": 1}),
        ("history_request", {"hist_access_type": "tail", "n": 10, "output": True, "raw": True}),
        ("debug_request", {"type": "request", "command": "debugInfo", "seq": 1}),
        ("shutdown_request", {"restart": False}),
    ],
)
def test_the_kernel_is_not_asked_anything_else(socket: ClientConnection, kind: str, content: object) -> None:
    socket.send(message(kind, content))
    assert kind.replace("request", "reply") not in answers(socket, 1.5)


def test_a_visitor_makes_no_widget(socket: ClientConnection) -> None:
    state = {"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output"}
    socket.send(
        message("comm_open", {"comm_id": "evil", "target_name": "jupyter.widget", "data": {"state": state}})
    )
    socket.send(message("comm_info_request", {"target_name": "jupyter.widget"}))
    heard = answers(socket, 4)
    assert "comm_info_reply" in heard
    assert "evil" not in heard


def test_a_value_that_breaks_a_widget_tells_the_visitor_nothing(socket: ClientConnection) -> None:
    socket.send(message("comm_info_request", {"target_name": "jupyter.widget"}))
    comms = set(re.findall(r'"([0-9a-f]{32})": ?\{"target_name"', answers(socket, 8)))
    assert len(comms) > 10
    for name in sorted(comms):
        for state in ({"value": "nonsense"}, {"value": [1e999, None]}, {"_figure": 5}, {"selected": 7}):
            socket.send(message("comm_msg", {"comm_id": name, "data": {"method": "update", "state": state}}))
        if not int(name, 16) % 8:
            time.sleep(0.5)
    heard = answers(socket, 6)
    assert "Traceback" not in heard
    assert "TraitError" not in heard


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00" * 8,
        (2**60).to_bytes(8, "little") + b"\x00" * 64,
        (2**64 - 1).to_bytes(8, "little"),
        (64).to_bytes(8, "little"),
        b"\xff" * 4096,
        json.dumps({"header": {"msg_type": "execute_request"}, "channel": "shell"}).encode(),
    ],
    ids=["empty", "no offsets", "2^60 offsets", "2^64 offsets", "missing offsets", "noise", "legacy json"],
)
def test_a_malformed_frame_ends_the_connection_and_nothing_else(
    server: Server, kernel: str, frame: bytes
) -> None:
    with channel(server, kernel) as hostile:
        hostile.send(frame)
        with pytest.raises(ConnectionClosed):
            drain(hostile)
    with urllib.request.urlopen(server.address, timeout=60) as page:
        assert page.status == 200


def test_text_frames_are_not_taken(server: Server, kernel: str) -> None:
    with channel(server, kernel) as hostile:
        hostile.send(
            json.dumps(
                {"header": {"msg_type": "execute_request"}, "channel": "shell", "content": {"code": "1"}}
            )
        )
        with pytest.raises(ConnectionClosed):
            drain(hostile)


@pytest.mark.parametrize("protocol", [None, "legacy", "v2.kernel.websocket.jupyter.org"])
def test_other_protocols_are_refused(server: Server, kernel: str, protocol: str | None) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        channel(server, kernel, protocol)
    assert refusal.value.response.status_code == 400


def test_other_sites_are_refused(server: Server, kernel: str) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        channel(server, kernel, Origin="http://evil.example")
    assert refusal.value.response.status_code == 403


def test_a_flood_ends_the_connection(server: Server, kernel: str) -> None:
    with channel(server, kernel) as hostile, pytest.raises(ConnectionClosed):
        flood(hostile)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "api/kernels", False),
        ("PUT", "voila/files/x", False),
        ("POST", "api/terminals", False),
        ("GET", "", True),
    ],
)
def test_only_pages_are_given(server: Server, method: str, path: str, allowed: bool) -> None:
    request = urllib.request.Request(
        server.address + path, method=method, data=b"{}" if method != "GET" else None
    )
    if allowed:
        with urllib.request.urlopen(request, timeout=60) as page:
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        return
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=60)
    assert refusal.value.code in (403, 404, 405)
    refusal.value.close()


def test_another_host_name_is_not_answered(server: Server) -> None:
    request = urllib.request.Request(
        server.address + "voila/render/04_windows.ipynb", headers={"Host": "evil.example"}
    )
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=30)
    assert refusal.value.code == 403
    refusal.value.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminate"])
def test_ending_the_server_ends_its_kernels(tmp_path: Path, how: int) -> None:
    running = start_server(tmp_path / "log")
    try:
        with urllib.request.urlopen(running.address + "voila/render/04_windows.ipynb", timeout=120) as page:
            page.read()
        kernels = running.children()
        assert kernels
    finally:
        running.stop(how)
    assert running.process.returncode in (0, 3, -signal.SIGTERM)
    deadline = time.monotonic() + 10
    while (left := [pid for pid in kernels if Path(f"/proc/{pid}").exists()]) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert left == []
    assert "Traceback" not in (tmp_path / "log").read_text()
