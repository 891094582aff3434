"""The dashboards' server: standalone Voilà with the project's page, guard and landing page."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import logging
import os
import signal
import socket
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop
from tornado.web import StaticFileHandler
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from ilrs_science import __version__
from ilrs_science.errors import RequestError
from ilrs_science.paths import share_folder
from ilrs_science.publish.closing import KERNEL_ID, ClosedPage
from ilrs_science.publish.guard import GuardedWebsocket
from ilrs_science.publish.landing import LandingPage, NotFound, OneFile

__all__ = ["DashboardServer", "serve"]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
"""Nothing is fetched from elsewhere. Inline scripts and ``eval`` are what Voilà's page and its module loader need."""

_REPLACED = (TornadoVoilaTreeHandler, VoilaContentsHandler, VoilaShutdownKernelHandler)


def _plotly() -> tuple[Path, str]:
    """The Plotly bundle of the installed package, and an address that changes with its content."""
    path = Path(str(files("plotly").joinpath("package_data", "plotly.min.js")))
    digest = hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()
    return path, f"ilrs/plotly-{digest}.min.js"


class DashboardServer(Voila):  # type: ignore[misc]
    """Standalone Voilà that serves the project's notebooks and nothing else.

    In place of Voilà's file tree stands the landing page; contents and files are not listed.
    """

    def init_settings(self) -> dict[str, Any]:
        """Settings of the web application.

        Returns
        -------
        dict
            Voilà's, with the headers and limits of the dashboards.
        """
        settings: dict[str, Any] = super().init_settings()
        headers = {
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
        }
        local = self.ip in ("127.0.0.1", "::1", "localhost")
        limits = {
            "websocket_max_message_size": 1_048_576,
            "allow_remote_access": not local,
            "ws_ping_timeout": 90_000,  # three times the interval of pings: one late answer ends no session
        }
        lost = {
            "default_handler_class": NotFound,
            "default_handler_args": {"folder": share_folder("dashboards")},
        }
        return {**settings, "headers": headers, **limits, **lost}

    def init_handlers(self) -> list[Any]:
        """What answers which address.

        Returns
        -------
        list
            The landing page first, then Voilà's handlers without its listings and with the guarded websocket.
        """
        dashboards, base = share_folder("dashboards"), self.server_url
        plotly, address = _plotly()
        landing = {"notebooks": Path(self.root_dir), "folder": dashboards, "version": __version__}
        own = [
            (base, LandingPage, landing),
            (base + address, OneFile, {"path": str(plotly)}),
            (base + "voila/api/shutdown/" + KERNEL_ID, ClosedPage),
            (base + r"ilrs/(.+)", StaticFileHandler, {"path": str(dashboards / "static")}),
        ]
        return own + [_guarded(handler) for handler in super().init_handlers() if handler[1] not in _REPLACED]

    def listen(self) -> None:
        """Say where the dashboards are, then serve them until the process is told to end."""
        address = f"http://{self.ip}:{self.port}{self.base_url}"
        print(f"Dashboards at {address} (Ctrl-C ends them)", file=sys.stderr, flush=True)
        _end_on_signals(IOLoop.current())
        super().listen()


def _end_on_signals(loop: Any) -> None:
    """End the loop between two callbacks at the first signal; an interrupt raised inside one may be lost there."""
    signals = (signal.SIGINT, signal.SIGTERM)

    def end() -> None:
        for one in signals:
            loop.asyncio_loop.remove_signal_handler(one)  # a second one ends the process at once
        loop.stop()

    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C interrupts, as everywhere
        for one in signals:
            loop.asyncio_loop.add_signal_handler(one, end)


def _guarded(handler: tuple[Any, ...]) -> tuple[Any, ...]:
    if handler[1] is VoilaKernelWebsocketHandler:
        return (handler[0], GuardedWebsocket, *handler[2:])
    return handler


def _require_free(host: str, port: int) -> None:
    """Say in one line that the port is taken, in place of Voilà's search for another one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "is in use; choose another with --port" if taken else f"cannot be used: {error.strerror}"
            raise RequestError(f"port {port} on {host} {reason}") from error


def serve(port: int = 8866, host: str = "127.0.0.1", *, notebooks: Path | None = None) -> None:
    """Serve the dashboards until Ctrl-C; every session and kernel ends with the server.

    Parameters
    ----------
    port : int
        Where to listen.
    host : str
        Address to listen on; the default answers this machine alone.
    notebooks : Path, optional
        Folder of notebooks; the project's by default.

    Raises
    ------
    RequestError
        If the port cannot be used.
    """
    _require_free(host, port)
    dashboards = share_folder("dashboards")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(
        filter(None, (str(dashboards), os.environ.get("JUPYTER_PATH")))
    )
    config = Config()
    config.Voila.update(ip=host, port=port, port_retries=0, open_browser=False, log_level=logging.WARNING)
    config.Voila.config_file_paths = [str(dashboards)]
    config.VoilaConfiguration.resources = {"ilrs": {"plotly": _plotly()[1]}}
    server = DashboardServer.instance(config=config)
    try:
        server.log.addFilter(lambda record: "is not trusted" not in record.getMessage())
        server.initialize([str(notebooks or share_folder("notebooks"))])
        server.start()
    finally:
        DashboardServer.clear_instance()
