"""The server says no in one line, and names its one kernel."""

from __future__ import annotations

import socket
import sys

import pytest
from jupyter_client.kernelspec import NoSuchKernel

from ilrs_science.errors import RequestError
from ilrs_science.publish.kernels import NAME, WorkbenchKernels
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
