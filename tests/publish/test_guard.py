"""What a visitor's browser may say to its kernel."""

from __future__ import annotations

import pytest

from ilrs_science.publish.frames import Message
from ilrs_science.publish.guard import TokenBucket, refusal


def comm(method: object) -> Message:
    return Message("shell", "comm_msg", {"comm_id": "1", "data": {"method": method}})


@pytest.mark.parametrize("method", ["update", "custom", "request_state", "request_states"])
def test_widgets_may_be_moved(method: str) -> None:
    assert refusal(comm(method)) == ""


@pytest.mark.parametrize("method", ["display", "echo_update", "", None, 1, ["update"], {"a": 1}])
def test_other_widget_methods_are_refused(method: object) -> None:
    assert refusal(comm(method)) != ""


@pytest.mark.parametrize(
    "kind",
    [
        "execute_request",
        "complete_request",
        "inspect_request",
        "history_request",
        "is_complete_request",
        "debug_request",
        "shutdown_request",
        "interrupt_request",
        "input_reply",
        "create_subshell_request",
        "",
    ],
)
def test_code_and_control_are_refused(kind: str) -> None:
    assert "message type" in refusal(Message("shell", kind, {}))


def test_a_visitor_makes_no_widgets() -> None:
    assert refusal(Message("shell", "comm_open", {"target_name": "jupyter.widget"})) == "a new widget"
    assert refusal(Message("shell", "comm_open", {})) == "a new widget"
    assert refusal(Message("shell", "comm_open", {"target_name": "jupyter.widget.control"})) == ""


@pytest.mark.parametrize("channel", ["iopub", "stdin", "hb", "x"])
def test_other_channels_are_refused(channel: str) -> None:
    assert "channel" in refusal(Message(channel, "comm_info_request", {}))


@pytest.mark.parametrize("data", [None, [], "update", 3])
def test_a_message_without_data_is_refused(data: object) -> None:
    assert refusal(Message("shell", "comm_msg", {"data": data})) != ""


def test_a_burst_passes_and_a_flood_does_not() -> None:
    bucket = TokenBucket(rate=0.001, burst=5)
    assert [bucket.take() for _ in range(7)] == [True] * 5 + [False] * 2
