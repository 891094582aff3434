"""A closed page frees its kernel, and no page of another server can end it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from tornado.web import HTTPError

from ilrs_science.publish.closing import KERNEL_ID, ClosedPage
from tests.publish.loop import finished

OURS = "5b1d3a0e-6f0c-4d43-9c1e-2a7b8c9d0e1f"  # fixed: parametrised names must be the same on every worker


class Kernels(dict[str, Any]):
    """Kernels that run."""

    async def shutdown_kernel(self, kernel_id: str) -> None:
        del self[kernel_id]


class Beacon(ClosedPage):
    """The handler without a server."""

    current_user = "visitor"
    kernel_manager = Kernels()

    def __init__(self, **headers: str) -> None:
        self.request = SimpleNamespace(headers=headers, method="POST")
        self.kernel_manager = Kernels({OURS: 1})
        self.answered: list[int] = []

    def set_status(self, status_code: int, reason: str | None = None) -> None:
        self.answered.append(status_code)

    def finish(self, chunk: Any = None) -> Any:
        return None


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:8866", "https://127.0.0.1:8866", "HTTP://127.0.0.1:8866"]
)
def test_the_pages_own_beacon_needs_no_token(origin: str) -> None:
    Beacon(Origin=origin, Host="127.0.0.1:8866").check_xsrf_cookie()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "127.0.0.1:8866"},
        {"Origin": "null", "Host": "127.0.0.1:8866"},
        {"Origin": "http://evil.example", "Host": "127.0.0.1:8866"},
        {"Origin": "http://127.0.0.1:8867", "Host": "127.0.0.1:8866"},
        {"Origin": "http://127.0.0.1:8866.evil.example", "Host": "127.0.0.1:8866"},
    ],
)
def test_any_other_origin_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(HTTPError) as caught:
        Beacon(**headers).check_xsrf_cookie()
    assert caught.value.status_code == 403


def test_the_kernel_of_a_closed_page_is_gone() -> None:
    beacon = Beacon()
    finished(beacon.post(OURS))
    assert OURS not in beacon.kernel_manager
    assert beacon.answered == [204]


def test_an_unknown_kernel_is_not_found_and_the_others_stay() -> None:
    beacon = Beacon()
    with pytest.raises(HTTPError) as caught:
        finished(beacon.post(str(uuid4())))
    assert caught.value.status_code == 404
    assert OURS in beacon.kernel_manager


@pytest.mark.parametrize(("text", "is_id"), [(OURS, True), ("", False), ("..", False), (OURS + "/x", False)])
def test_only_an_id_reaches_the_handler(text: str, is_id: bool) -> None:
    assert bool(re.fullmatch(KERNEL_ID, text)) is is_id
