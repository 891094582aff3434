"""Compiled loops: cached where that is possible, working where it is not."""

from __future__ import annotations

import pytest

from ilrs_science.sky import compiled as module
from ilrs_science.sky.compiled import compiled


def test_a_compiled_function_gives_what_python_gives() -> None:
    def series(count: int) -> float:
        total = 0.0
        for i in range(1, count):
            total += 1.0 / i
        return total

    assert compiled(series)(1000) == series(1000)


def test_without_any_folder_for_the_cache_it_compiles_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def njit(**options: object) -> object:
        asked.append(options.get("cache", False))
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(module, "njit", njit)
    assert compiled(len)("abc") == 3
    assert asked == [True, False]
