"""Frames from a browser are read without trusting one length in them."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

from ilrs_science.publish.frames import FrameError, Message, kind_of, read_frame


def frame(
    kind: str = "comm_msg", content: object = None, channel: str = "shell", buffers: tuple[bytes, ...] = ()
) -> bytes:
    """A frame as the Jupyter front end sends it."""
    parts = [{"msg_type": kind}, {}, {}, {} if content is None else content]
    return serialize_msg_to_ws_v1([*(json.dumps(part).encode() for part in parts), *buffers], channel)


def test_a_frame_of_the_front_end_is_read() -> None:
    content = {"comm_id": "1", "data": {"method": "update"}}
    assert read_frame(frame(content=content)) == Message("shell", "comm_msg", content)


def test_buffers_after_the_content_do_no_harm() -> None:
    assert read_frame(frame(buffers=(b"\x00" * 9, b""))).kind == "comm_msg"


@pytest.mark.parametrize("count", [0, 1, 5, 65, 2**31, 2**60, 2**64 - 1])
def test_a_wrong_count_is_refused_at_once(count: int) -> None:
    began = time.monotonic()
    with pytest.raises(FrameError):
        read_frame(count.to_bytes(8, "little") + frame()[8:])
    assert time.monotonic() - began < 0.1


@pytest.mark.parametrize("length", range(0, 60, 7))
def test_a_frame_that_was_cut_is_refused(length: int) -> None:
    with pytest.raises(FrameError):
        read_frame(frame()[:length])


@pytest.mark.parametrize("offset", [0, 7, 2**40, 2**63])
def test_offsets_outside_the_frame_are_refused(offset: int) -> None:
    whole = bytearray(frame())
    whole[16:24] = offset.to_bytes(8, "little")
    with pytest.raises(FrameError):
        read_frame(bytes(whole))


def test_a_legacy_frame_is_refused() -> None:
    with pytest.raises(FrameError):
        read_frame(
            (2).to_bytes(4, "big")
            + (12).to_bytes(4, "big")
            + (40).to_bytes(4, "big")
            + b'{"header": {}}' * 20
        )


def test_json_that_is_nested_without_end_is_refused() -> None:
    deep = b"[" * 100_000
    with pytest.raises(FrameError):
        read_frame(serialize_msg_to_ws_v1([b'{"msg_type": "comm_msg"}', b"{}", b"{}", deep], "shell"))


@pytest.mark.parametrize("part", [b"[]", b"1", b"", b"{", b"\xff", b"null"])
def test_content_that_is_no_object_is_refused(part: bytes) -> None:
    with pytest.raises(FrameError):
        read_frame(serialize_msg_to_ws_v1([b'{"msg_type": "comm_msg"}', b"{}", b"{}", part], "shell"))


def test_content_beyond_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(FrameError, match="longer than"):
        read_frame(frame(content={"data": "x" * 300_000}))


def test_a_channel_is_a_short_name() -> None:
    for channel in ("", "shell/../x", "a" * 17):
        with pytest.raises(FrameError):
            read_frame(frame(channel=channel))


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(FrameError):
        read_frame(data)


@given(st.integers(0, 400), st.integers(0, 255))
def test_one_changed_byte_raises_nothing_else(place: int, value: int) -> None:
    whole = bytearray(frame(content={"comm_id": "1", "data": {"method": "update", "state": {"value": 1}}}))
    whole[place % len(whole)] = value
    with contextlib.suppress(FrameError):
        read_frame(bytes(whole))


def test_the_kind_of_a_message_on_its_way_out_is_known_whatever_it_carries() -> None:
    assert kind_of(frame("error")) == "error"
    assert kind_of(frame(buffers=(b"x",) * 200)) == "comm_msg"


@given(st.binary(max_size=200))
def test_the_kind_of_noise_is_nothing(data: bytes) -> None:
    assert isinstance(kind_of(data), str)
