"""Orbiters: the trajectory of a catalogue orbit over a span, remembered on disk."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.epochs import parse_span, to_tdb
from ilrs_science.paths import checksums, data_folder
from ilrs_science.sky.cache import cached, digest
from ilrs_science.sky.elements import epoch_of, initial_state
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.gravity import GRAVITY
from ilrs_science.sky.kernels import EPHEMERIS, LUNAR_ORIENTATION
from ilrs_science.sky.propagate import TOLERANCE, propagate_state
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["trajectory_of"]


def trajectory_of(
    orbit: Orbit | str, start: object, end: object, *, model: ForceModel | None = None
) -> Trajectory:
    """Motion of an orbiter over a span.

    Parameters
    ----------
    orbit : Orbit or str
        Record, or the id of one in the shipped catalogue. Without an epoch its elements hold at the start of the span.
    start, end : str, datetime or datetime64
        UTC.
    model : ForceModel, optional
        What acts besides the Moon's centre: by default its field to degree 50, Earth, Sun and sunlight.

    Returns
    -------
    Trajectory
        Piecewise Chebyshev series in ICRF axes about the Moon's centre. It is kept on disk (``ILRS_CACHE``) under the
        digest of everything that it depends on, this program included.

    Raises
    ------
    RequestError
        If the orbiter hits the Moon, and when.
    CoverageError
        If the kernels do not cover the span.
    """
    if isinstance(orbit, str):
        orbit = load_catalogue().orbits[orbit]
    model = model or ForceModel()
    low, high = (float(t) for t in to_tdb(np.array(parse_span(start, end))))
    epoch = epoch_of(orbit, low)
    state = initial_state(orbit, epoch)
    known = checksums(data_folder())
    key = digest(
        {
            "state": state,
            "epoch": epoch,
            "span": [low, high],
            "model": asdict(model),
            "tolerance": TOLERANCE,
            "data": [known.get(name, "") for name in (EPHEMERIS, LUNAR_ORIENTATION, GRAVITY)],
            "program": _program(),
        }
    )
    arrays = cached(
        key,
        lambda: propagate_state(state, epoch, (low, high), name=orbit.label, model=model).arrays(),
    )
    return Trajectory.from_arrays(orbit.label, arrays)


@cache
def _program() -> str:
    """Digest of the modules of this floor: another program may give another result."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()
