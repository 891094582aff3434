"""The server says no in one line, and names its one kernel."""

from __future__ import annotations

import re
import socket
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_server.base.websocket import WS_PING_INTERVAL
from tornado.web import StaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from ilrs_science.errors import RequestError
from ilrs_science.publish import server
from ilrs_science.publish.guard import GuardedWebsocket
from ilrs_science.publish.kernels import NAME, WorkbenchKernels
from ilrs_science.publish.landing import NotFound
from ilrs_science.publish.server import CONTENT_SECURITY_POLICY, serve


def test_a_port_in_use_is_said_in_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(
            RequestError, match=f"port {port} on 127.0.0.1 is in use; choose another with --port"
        ):
            serve(port)


def test_the_one_kernel_is_this_very_python() -> None:
    kernels = WorkbenchKernels()
    assert list(kernels.find_kernel_specs()) == [NAME]
    assert kernels.get_kernel_spec(NAME).argv[0] == sys.executable
    assert list(kernels.get_all_specs()) == [NAME]


def test_no_other_kernel_is_started() -> None:
    with pytest.raises(NoSuchKernel):
        WorkbenchKernels().get_kernel_spec("ir")


def test_the_policy_names_no_other_host() -> None:
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert "default-src 'self'" in CONTENT_SECURITY_POLICY


def test_an_address_of_another_machine_is_said_in_one_line() -> None:
    # 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
    with pytest.raises(RequestError, match=r"port 8866 on 192\.0\.2\.1 cannot be used: "):
        serve(8866, "192.0.2.1")


def test_the_bundle_of_plotly_has_an_address_of_its_content() -> None:
    path, address = server._plotly()
    assert path.is_file()
    assert re.fullmatch(r"ilrs/plotly-[0-9a-f]{12}\.min\.js", address)
    assert server._plotly()[1] == address


def test_only_the_websocket_is_exchanged_for_the_guarded_one() -> None:
    plain = ("/voila/static", StaticFileHandler, {"path": "x"})
    assert server._guarded(plain) is plain
    given = ("/api/kernels", VoilaKernelWebsocketHandler, {"a": 1})
    assert server._guarded(given) == ("/api/kernels", GuardedWebsocket, {"a": 1})


@pytest.mark.parametrize(("host", "remote"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True)])
def test_settings_follow_the_address(monkeypatch: pytest.MonkeyPatch, host: str, remote: bool) -> None:
    monkeypatch.setattr(
        server.Voila, "init_settings", lambda self: {"base_url": "/x/", "headers": {"a": "b"}}
    )
    made = server.DashboardServer(ip=host)
    settings = made.init_settings()
    assert settings["base_url"] == "/x/"
    assert settings["allow_remote_access"] is remote
    assert settings["websocket_max_message_size"] == 2**20
    assert settings["default_handler_class"] is NotFound
    assert settings["ws_ping_timeout"] >= 3 * WS_PING_INTERVAL, "one late answer must not end a session"
    assert settings["headers"] == {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def test_handlers_are_ours_first_and_no_listing_is_among_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theirs = [
        ("/", server.TornadoVoilaTreeHandler), ("/api/contents", server.VoilaContentsHandler),
        ("/shutdown/(.*)", server.VoilaShutdownKernelHandler),
        ("/ws", VoilaKernelWebsocketHandler), ("/static", StaticFileHandler),
    ]  # fmt: skip
    monkeypatch.setattr(server.Voila, "init_handlers", lambda self: theirs)
    made = server.DashboardServer(root_dir=str(tmp_path), server_url="/")
    handlers = made.init_handlers()
    assert [one[1].__name__ for one in handlers] == [
        "LandingPage", "OneFile", "ClosedPage", "StaticFileHandler", "GuardedWebsocket", "StaticFileHandler",
    ]  # fmt: skip
    assert handlers[0][2]["notebooks"] == tmp_path


def test_the_kernel_speaks_only_of_errors_and_keeps_no_history() -> None:
    arguments = WorkbenchKernels().get_kernel_spec(NAME).argv
    assert arguments[1:3] == ["-m", "ipykernel_launcher"]
    assert "{connection_file}" in arguments
    assert "--HistoryManager.enabled=False" in arguments
    spec = WorkbenchKernels().get_all_specs()[NAME]["spec"]
    assert (spec["language"], spec["display_name"]) == ("python", "Python 3")
