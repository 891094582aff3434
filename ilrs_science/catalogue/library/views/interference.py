"""Experiments that spoil each other's data when they run at the same time at one station.

An instrument says what it ``emits`` and what it is ``sensitive_to``; two experiments interfere where the one emits what
the other is sensitive to, and it can get from here to there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ilrs_science.catalogue.experiment import Experiment, Location
from ilrs_science.catalogue.instrument import Disturbance, Instrument

__all__ = ["Interference", "interferences"]

#: What happens, and how far it reaches (assumed; radio: ITU-R RA.479 asks for quiet beyond the limb).
_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "radio": ("radio emission spoils radio-quiet listening", "within line of sight"),
    "light": ("stray light spoils faint images", "within line of sight"),
    "dust": ("dust settles on optics", "within about 2 km"),
    "vibration": (
        "shaking of the ground reaches seismometers, gravimeters and fine pointing",
        "within 1 to 5 km, and for 1 h after",
    ),
    "neutrons": ("neutrons of a generator are counted as dose or as hydrogen", "nearby"),
    "gas": (
        "exhaust and outgassing spoil measurements of the exosphere",
        "within about 2 km, for 24 h or more",
    ),
    "magnetism": ("currents and motors spoil the magnetic field", "nearby"),
}
#: What gets from an orbiter to the ground and back.
_FAR: Final = frozenset({Disturbance.RADIO})


@dataclass(frozen=True)
class Interference:
    """One experiment disturbs another.

    Parameters
    ----------
    source, victim : str
        Ids of the experiments.
    disturbance : str
        What gets from one to the other, such as ``vibration``.
    emitters, receivers : tuple of str
        Ids of the instruments that emit it, with that of the experiment if its driving or landing does, and of the
        instruments that are sensitive to it.
    reason : str
        What happens.
    reach : str
        How far it reaches.
    """

    source: str
    victim: str
    disturbance: str
    emitters: tuple[str, ...]
    receivers: tuple[str, ...]
    reason: str
    reach: str


def interferences(
    experiments: Iterable[Experiment], instruments: Mapping[str, Instrument]
) -> Iterator[Interference]:
    """Every pair of experiments of which one disturbs the other.

    Parameters
    ----------
    experiments : iterable of Experiment
        All that may run at one station.
    instruments : mapping
        Instruments by id.

    Yields
    ------
    Interference
        One for each pair and disturbance, in the order of the experiments.

    Notes
    -----
    Only the radio gets from orbit to the ground. Places are not compared: all are taken to be at one station, where the
    reach of each disturbance covers both.
    """
    listed = list(experiments)
    for source in listed:
        for victim in listed:
            if source.id == victim.id:
                continue
            meet = _meet(source, victim)
            for kind in Disturbance:
                emitters = tuple(_emitters(source, kind, instruments))
                receivers = tuple(
                    name for name in victim.instruments if kind in instruments[name].sensitive_to
                )
                if emitters and receivers and (meet or kind in _FAR):
                    yield Interference(source.id, victim.id, str(kind), emitters, receivers, *_why(kind))


def _emitters(source: Experiment, kind: Disturbance, instruments: Mapping[str, Instrument]) -> Iterator[str]:
    yield from (name for name in source.instruments if kind in instruments[name].emits)
    if kind in source.emits:
        yield source.id


def _meet(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments can be at one place: both on the ground, or both in orbit."""
    aloft = [Location.ORBIT in each.locations for each in (one, other)]
    ashore = [set(each.locations) != {Location.ORBIT} for each in (one, other)]
    return all(aloft) or all(ashore)


def _why(kind: Disturbance) -> tuple[str, str]:
    return _REASONS.get(str(kind), (f"{kind} spoils the data", "nearby"))
