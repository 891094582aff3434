"""What a place is like: terrain, skyline, light, power and the link to the Earth.

The package shares its name with its main function, and both are ``ilrs_science.environment``: calling the package
calls `ilrs_science.environment.assemble.environment`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from inspect import Signature, signature
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    """Python binds a package to its parent on first import, over the function of the same name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _function()(*args, **kwargs)

    @property
    def __signature__(self) -> Signature:
        return signature(_function())

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        # without the examples, which a test of the package would run in vain
        return str(_function().__doc__).partition("Examples")[0].rstrip() + "\n"


def _function() -> Any:
    return import_module(f"{__name__}.assemble").environment


sys.modules[__name__].__class__ = _CallablePackage
