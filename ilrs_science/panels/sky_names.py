"""What the sky dashboard can show, by id, and what each is called."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.orbit import Orbit, OrbitKind
from ilrs_science.epochs import format_epoch, parse_epoch
from ilrs_science.errors import RequestError

__all__ = ["BODIES", "held", "length_in_words", "nameable", "require_held", "short"]

BODIES = {
    name: name.title()
    for name in ("sun", "earth", "mercury", "venus", "mars", "jupiter", "saturn", "uranus", "neptune")
}
"""Bodies that can be shown; the Moon is under the observer."""

#: Days around its epoch in which a state of the catalogue is followed: orbits about the libration points are
#: unstable (notes of the records), the distant retrograde orbit holds for ten years at least.
_HELD_DAYS = {
    OrbitKind.NEAR_RECTILINEAR_HALO: (30, 165),
    OrbitKind.HALO: (5, 48),
    OrbitKind.LIBRATION_POINT: (14, 38),
}
_ELSE_DAYS = (365, 3650)


def nameable(catalogue: Catalogue) -> dict[str, str]:
    """Everything that can be shown in a sky.

    Parameters
    ----------
    catalogue : Catalogue
        Where targets, orbits, ground stations and sites come from.

    Returns
    -------
    dict of str to str
        Id to the name in a list of choices, which says what kind of thing it is.
    """
    found = {name: BODIES[name] for name in ("sun", "earth")}
    found |= {key: f"{orbit.label} (orbiter)" for key, orbit in catalogue.orbits.items()}
    found |= BODIES
    for shelf, kind in (
        (catalogue.targets, "target"),
        (catalogue.ground_stations, "ground station"),
        (catalogue.sites, "site"),
    ):
        found |= {key: f"{record.label} ({kind})" for key, record in shelf.items()}
    return found


def short(name: str) -> str:
    """A name without what stands in brackets or after a comma, for titles and legends.

    Parameters
    ----------
    name : str
        Such as ``"Near-rectilinear halo orbit, 9:2 (orbiter)"``.

    Returns
    -------
    str
        Such as ``"Near-rectilinear halo orbit, 9:2"``: what tells two orbits apart stays.
    """
    return name.split(" (", maxsplit=1)[0].strip()


def length_in_words(start: np.datetime64, end: np.datetime64) -> str:
    """Length of a span.

    Parameters
    ----------
    start, end : datetime64
        UTC.

    Returns
    -------
    str
        ``"28 days"``, ``"1 day"`` or ``"6 hours"``.
    """
    hours = float((end - start) / np.timedelta64(1, "h"))
    amount, unit = (hours, "hour") if hours < 48 and hours != 24 else (hours / 24, "day")
    text = f"{amount:.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit}{'' if text == '1' else 's'}"


def held(orbit: Orbit) -> tuple[np.datetime64, np.datetime64] | None:
    """Span in which an orbit with an epoch of its own is followed.

    Parameters
    ----------
    orbit : Orbit
        Record.

    Returns
    -------
    tuple of datetime64 or None
        UTC; None if its elements hold at the start of whatever span is asked for.
    """
    if orbit.epoch is None:
        return None
    before, after = _HELD_DAYS.get(orbit.kind, _ELSE_DAYS)
    epoch = parse_epoch(orbit.epoch)
    return epoch - np.timedelta64(timedelta(before)), epoch + np.timedelta64(timedelta(after))


def require_held(orbit: Orbit, start: np.datetime64, end: np.datetime64) -> None:
    """Refuse a span so far from an orbit's epoch that it would be long to compute and mean nothing.

    Parameters
    ----------
    orbit : Orbit
        Record.
    start, end : datetime64
        UTC.

    Raises
    ------
    RequestError
        With the dates that can be asked for.
    """
    known = held(orbit)
    if known is None or (known[0] <= start and end <= known[1]):
        return
    first, last = (format_epoch(time, "s")[:10] for time in known)
    raise RequestError(
        f"{orbit.label} is followed from {first} to {last} only, for its state holds at "
        f"{str(orbit.epoch)[:10]} and nothing steers it; choose a first day and a length within"
    )
