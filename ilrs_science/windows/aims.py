"""Aims: the body or star that a name or direction in a constraint stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ilrs_science.catalogue.constraint import Aim, Direction
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.errors import UnknownNameError
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.stars import Star

__all__ = ["Resolve", "resolver"]

#: Gives the name of a body, or a star, for what a constraint looks at.
Resolve: TypeAlias = Callable[[Aim], str | Star]


def resolver(catalogue: Catalogue | None = None) -> Resolve:
    """How names in constraints are looked up.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where targets come from; the shipped one, loaded when a target is first named, by default.

    Returns
    -------
    callable
        From a name or direction to a body or star; raises `UnknownNameError`.
    """

    def resolve(aim: Aim) -> str | Star:
        if isinstance(aim, Direction):
            return Star(aim.ra, aim.dec)
        if aim in BODIES:
            return aim
        targets = (catalogue or load_catalogue()).targets
        if aim not in targets:
            raise UnknownNameError("body or target", aim, [*BODIES, *targets])
        found = targets[aim]
        return Star(found.ra, found.dec, found.motion_ra, found.motion_dec, found.parallax)

    return resolve
