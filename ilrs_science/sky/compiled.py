"""Compile inner loops to machine code, kept on disk beside the module or in the cache of the user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

__all__ = ["compiled", "compiled_part", "compiled_sum"]

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function to machine code on its first call.

    Parameters
    ----------
    function : callable
        A function of numbers and arrays in the subset of Python that numba compiles.

    Returns
    -------
    callable
        The compiled function; it releases the interpreter lock.
    """
    return _compile(function)


def compiled_sum(function: F) -> F:
    """Compile a function whose sums may be taken in any order, so that the processor adds several terms at once.

    Parameters
    ----------
    function : callable
        As for `compiled`.

    Returns
    -------
    callable
        The compiled function. Its result may differ in the last digit from one kind of processor to another.
    """
    return _compile(function, fastmath={"reassoc", "nsz", "contract"})


def compiled_part(function: F) -> F:
    """Compile a function that only compiled code calls; without a way in from Python it compiles in half the time.

    Parameters
    ----------
    function : callable
        As for `compiled`.

    Returns
    -------
    callable
        The compiled function.
    """
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compile(function: F, **more: Any) -> F:
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", **more}
    try:
        result: F = njit(cache=True, **options)(function)
    except RuntimeError:  # numba: "cannot cache function: no locator available"
        result = njit(**options)(function)
    return result
