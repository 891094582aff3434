"""What a visitor's browser may say to its kernel: move widgets, and nothing else.

Voilà refuses to run code by itself; this guard stands before it and lets through only what the dashboards' own
widgets send. See the table of holes that it closes in the project's threat model.
"""

from __future__ import annotations

import re
import time
from typing import Any

from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from ilrs_science.publish.frames import PROTOCOL, FrameError, Message, kind_of, read_frame

__all__ = ["GuardedWebsocket", "TokenBucket", "refusal", "untold"]

_MAX_FRAME_BYTES = 1_048_576
_CHANNELS = frozenset({"shell", "control"})
_KINDS = frozenset({"comm_msg", "comm_open", "comm_close", "comm_info_request", "kernel_info_request"})
_COMM_TARGETS = frozenset({"jupyter.widget.control"})
_UNTOLD = frozenset({"error", "stream"})
_MOST_LOGGED = 4000
"""Characters of an error or of printed text that the log keeps, its end. [1]"""
_TERMINAL = re.compile(r"\x1b\[[0-9;]*m")
_METHODS = frozenset({"update", "custom", "request_state", "request_states"})


def refusal(message: Message) -> str:
    """Why a message may not pass.

    Parameters
    ----------
    message : Message
        As read from the frame.

    Returns
    -------
    str
        The reason; empty if the message may pass.
    """
    if message.channel not in _CHANNELS:
        return f"channel {message.channel!r}"
    if message.kind not in _KINDS:
        return f"message type {message.kind!r}"
    if message.kind == "comm_open" and not _among(message.content.get("target_name"), _COMM_TARGETS):
        return "a new widget"
    if message.kind == "comm_msg":
        data = message.content.get("data")
        method = data.get("method") if isinstance(data, dict) else None
        if not _among(method, _METHODS):
            return f"widget method {str(method)[:40]!r}"
    return ""


def untold(frame: bytes) -> str:
    """What the log says of a message that visitors are not told.

    Parameters
    ----------
    frame : bytes
        An error or printed text of the kernel, as its connection made it.

    Returns
    -------
    str
        Its text, the end of a long one; line ends and unprintable characters escaped, so that it stays one entry.
    """
    try:
        message = read_frame(frame)
    except FrameError as error:
        return f"an error or printed text that cannot be read: {error}"
    told = message.content
    lines = told.get("traceback")
    text = "\n".join(map(str, lines)) if isinstance(lines, list) and lines else str(told.get("text", ""))
    name = " ".join(str(told.get(key, "")) for key in ("name", "ename", "evalue")).strip()
    clean = _TERMINAL.sub("", text)[-_MOST_LOGGED:]
    return f"{message.kind} {name[:200]!r}: {clean!r}"


def _among(name: object, allowed: frozenset[str]) -> bool:
    return isinstance(name, str) and name in allowed


class TokenBucket:
    """Allows bursts, and a steady rate in the long run.

    Parameters
    ----------
    rate : float
        Messages that may pass in the long run. [1/s]
    burst : float
        Messages that may pass at once. [1]
    """

    def __init__(self, *, rate: float, burst: float) -> None:
        self._rate, self._burst, self._level, self._then = rate, burst, burst, time.monotonic()

    def take(self) -> bool:
        """Take one token.

        Returns
        -------
        bool
            Whether there was one.
        """
        now = time.monotonic()
        self._level = min(self._burst, self._level + (now - self._then) * self._rate)
        self._then = now
        if self._level < 1:
            return False
        self._level -= 1
        return True


class GuardedWebsocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The kernel websocket with the guard before it.

    Clients that do not speak the ``v1`` protocol are refused before a kernel is looked up, so that the older and
    laxer forms of a frame are never parsed, neither on the way in nor on the way out.
    """

    def initialize(self, *args: Any, **kwargs: Any) -> None:
        """Start with a full allowance of messages."""
        super().initialize(*args, **kwargs)
        self._allowance = TokenBucket(rate=60, burst=240)
        self._ended = False

    async def pre_get(self) -> None:
        """Refuse clients that do not speak the protocol, before anything else.

        Raises
        ------
        tornado.web.HTTPError
            400 without the ``v1`` protocol.
        """
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in {name.strip() for name in offered.split(",")}:
            raise web.HTTPError(400, "this server speaks the v1 kernel websocket protocol only")
        await super().pre_get()

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on to the kernel if it may pass.

        Parameters
        ----------
        ws_message : str or bytes
            As it came from the browser; text is never a message of the protocol.
        """
        if self._ended:
            return  # what was already on its way when the connection was ended
        if not isinstance(ws_message, bytes) or len(ws_message) > _MAX_FRAME_BYTES:
            self._end(1003, "binary frames of the v1 protocol only")
        elif not self._allowance.take():
            self._end(1008, "too many messages")
        elif self._passes(ws_message):
            super().on_message(ws_message)

    def write_message(self, message: bytes | str | dict[str, Any], binary: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Pass a message on to the browser, except for tracebacks and printed text of the kernel: the log has those.

        Parameters
        ----------
        message : bytes, str or dict
            Of the kernel.
        binary : bool
            Whether it goes as a binary frame.

        Returns
        -------
        Future or None
            As tornado gives it; None if the message was kept back.
        """
        if isinstance(message, bytes) and kind_of(message) in _UNTOLD:
            self.log.warning("Kept from a visitor: %s", untold(message))
            return None
        return super().write_message(message, binary)

    def _passes(self, frame: bytes) -> bool:
        try:
            reason = refusal(read_frame(frame))
        except FrameError as error:
            self._end(1002, str(error))
            return False
        if reason:
            self.log.warning("Refused from a visitor: %s", reason)
        return not reason

    def _end(self, code: int, reason: str) -> None:
        self._ended = True
        self.log.warning("Ended a visitor's connection: %s", reason)
        self.close(code, reason)
