"""A siting trade of four candidates with known measures; nothing is planned."""

from __future__ import annotations

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.studies.siting.appraise import Appraisal, Standard
from ilrs_science.studies.siting.measures import MEASURES
from ilrs_science.studies.siting.result import Siting

DRILL, DOSE = "volatile_drilling", "surface_radiation"
NEVER = "needs polar <ground>"
#: Science value and launch mass of each; the second is beaten by the first. [1, kg]
KNOWN = {
    "connecting_ridge": ("surface", 40.0, 4000.0),
    "von_karman_plain": ("surface", 10.0, 4100.0),
    "ilrs_llo_staging": ("orbit", 20.0, 1600.0),
    "connecting_ridge+ilrs_llo_staging": ("both", 50.0, 5700.0),
}


def appraisal(name: str) -> Appraisal:
    """What came of one candidate."""
    kind, value, mass = KNOWN[name]
    measures = dict.fromkeys(MEASURES, 1.0) | {"value": value, "bound": value, "launch_mass": mass}
    if kind == "orbit":
        measures |= {"coldest": float("nan"), "hottest": float("nan")}
    polar = name.startswith("connecting_ridge")
    hours = {DRILL: 12.5 if polar else 0.0, DOSE: 0.0 if kind == "orbit" else 24.0}
    sessions = {DRILL: int(polar), DOSE: 0 if kind == "orbit" else 3}
    impossible = {one: NEVER for one, count in hours.items() if not count}
    return Appraisal(name, kind, measures, hours, sessions, impossible, "OPTIMAL")


def trade(*names: str, catalogue: Catalogue | None = None) -> Siting:
    """All of them, or some."""
    portfolio = (catalogue or load_catalogue()).campaigns["polar_winter"]
    return Siting(Standard(portfolio), {"base": tuple(appraisal(name) for name in names or KNOWN)})
