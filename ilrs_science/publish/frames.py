"""Reading kernel messages from a visitor's browser with every length checked first.

A frame of the ``v1.kernel.websocket.jupyter.org`` protocol is a count, that many offsets, then the parts: channel,
header, parent header, metadata, content, buffers. A wrong count must never decide how much is read.
"""

from __future__ import annotations

import itertools
import json
import struct
from dataclasses import dataclass
from typing import Any

__all__ = ["PROTOCOL", "FrameError", "Message", "kind_of", "read_frame"]

PROTOCOL = "v1.kernel.websocket.jupyter.org"
_MAX_OFFSETS = 64
_MAX_HEADER_BYTES = 4096
_MAX_CONTENT_BYTES = 262_144


class FrameError(ValueError):
    """A frame that is not a well-formed message."""


@dataclass(frozen=True)
class Message:
    """What the server needs to know of a message before it lets it pass."""

    channel: str
    """``shell``, ``control``, ``iopub`` or ``stdin``."""
    kind: str
    """Type of the message, as its header says."""
    content: dict[str, Any]
    """The message itself."""


def read_frame(frame: bytes) -> Message:
    """The message in a frame.

    Parameters
    ----------
    frame : bytes
        As it came over the websocket.

    Returns
    -------
    Message
        Channel, type and content.

    Raises
    ------
    FrameError
        If the frame is not a well-formed message within the bounds of this module.
    """
    parts = _parts(frame)
    channel, header, _parent, _metadata, content = parts[:5]
    kind = _json(header, _MAX_HEADER_BYTES).get("msg_type")
    if not isinstance(kind, str):
        raise FrameError("the header has no message type")
    if len(channel) > 16 or not channel.isalpha():
        raise FrameError("the channel is not a name")
    return Message(channel.decode("ascii", "replace"), kind, _json(content, _MAX_CONTENT_BYTES))


def kind_of(frame: bytes) -> str:
    """Type of a message on its way out, which may carry any number of buffers.

    Parameters
    ----------
    frame : bytes
        As the kernel's connection made it.

    Returns
    -------
    str
        As its header says; empty if it has none.
    """
    if len(frame) < 32:
        return ""
    start, end = struct.unpack_from("<2Q", frame, 16)
    if not 32 <= start <= end <= len(frame):
        return ""
    try:
        return str(_json(frame[start:end], _MAX_HEADER_BYTES).get("msg_type", ""))
    except FrameError:
        return ""


def _parts(frame: bytes) -> list[bytes]:
    if len(frame) < 8:
        raise FrameError("the frame is shorter than its count")
    count = int.from_bytes(frame[:8], "little")
    start = 8 * (count + 1)
    if not 6 <= count <= _MAX_OFFSETS or len(frame) < start:
        raise FrameError("the frame does not hold the offsets it announces")
    offsets = struct.unpack_from(f"<{count}Q", frame, 8)
    ordered = all(before <= after for before, after in itertools.pairwise(offsets))
    if offsets[0] != start or not ordered or offsets[-1] > len(frame):
        raise FrameError("the offsets do not lie in order within the frame")
    return [frame[before:after] for before, after in itertools.pairwise(offsets)]


def _json(part: bytes, limit: int) -> dict[str, Any]:
    if len(part) > limit:
        raise FrameError(f"a part of {len(part)} bytes is longer than {limit}")
    try:
        value = json.loads(part)
    except (ValueError, RecursionError) as error:
        raise FrameError("a part is not JSON") from error
    if not isinstance(value, dict):
        raise FrameError("a part is not a JSON object")
    return value
