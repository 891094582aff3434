"""Signals: the smooth scalar of time and the limits behind each kind of constraint at a place."""

from __future__ import annotations

import numpy as np

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    EarthElevation,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    Night,
    Occultation,
    PassOver,
    PhaseAngle,
    RadioQuiet,
    RangeTo,
    Season,
    Separation,
    SolarBeta,
    SunElevation,
    TargetElevation,
)
from ilrs_science.errors import RequestError
from ilrs_science.sky.ground import GroundPlace
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.stars import Star
from ilrs_science.sky.targets import Resolve
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.leaf import ANGLE, COSINE, DISTANCE, HOURS, MINUS_COSINE, SINE, Leaf, between
from ilrs_science.windows.quantities import (
    covered_limb,
    hour_angle,
    limb_elevation,
    minus_cosine_of_phase,
    minus_cosine_of_separation,
    past_hour,
    range_to,
    seen_from,
    sine_of_beta,
    sine_of_elevation,
    sine_of_solar_latitude,
    tail_alignment,
)
from ilrs_science.windows.view import View

__all__ = ["half_days_of", "leaves_of", "require_place"]

#: Kinds that mean something at a ground station.
_ON_EARTH = (Day, Night, PhaseAngle, RangeTo, Separation, SunElevation, TargetElevation)


def leaves_of(constraint: Constraint, resolve: Resolve, view: View) -> tuple[Leaf, ...]:
    """The signals and limits of a constraint without parts.

    Parameters
    ----------
    constraint : Constraint
        Any kind but ``all_of``, ``any_of`` and ``not``, and an eclipse only with its cover and a contact.
    resolve : callable
        What a name or direction stands for.
    view : View
        Where, and how light gets there.

    Returns
    -------
    tuple of Leaf
        All of them must hold.

    Raises
    ------
    RequestError
        If the kind does not apply to the place, and why.
    """
    require_place(constraint, view)
    if isinstance(constraint, RadioQuiet):
        return _of_quiet(constraint, resolve)
    return (_leaf_of(constraint, resolve, view),)


def require_place(constraint: Constraint, view: View) -> None:
    """Refuse a kind that means nothing where the observer is.

    Parameters
    ----------
    constraint : Constraint
        Without parts.
    view : View
        Where.

    Raises
    ------
    RequestError
        If the place is on the Earth and the kind belongs to the Moon.
    """
    if isinstance(view.place, GroundPlace) and not isinstance(constraint, _ON_EARTH):
        raise RequestError(
            f"{constraint.kind} belongs to the Moon: a ground station is on the Earth; use target_elevation or range_to"
        )


def half_days_of(hours: LocalSolarTime, view: View) -> tuple[Leaf, Leaf]:
    """The half day that begins with the first hour, and the one that ends with the last.

    Parameters
    ----------
    hours : LocalSolarTime
        First and last hour.
    view : View
        Where.

    Returns
    -------
    tuple of Leaf
        Both hold between the two hours, or one of them if these are more than half a day apart.

    Raises
    ------
    RequestError
        If the place is on the Earth.
    """
    require_place(hours, view)
    first, last = (2.0 * np.pi * hour / 86400.0 for hour in (hours.min, hours.max))
    return Leaf(past_hour(first), 0.0, None, ("sun",)), Leaf(past_hour(last), None, 0.0, ("sun",))


def _leaf_of(constraint: Constraint, resolve: Resolve, view: View) -> Leaf:
    match constraint:
        case SunElevation():
            return between(sine_of_elevation("sun"), constraint, SINE, "sun")
        case EarthElevation():
            return between(sine_of_elevation("earth"), constraint, SINE, "earth")
        case TargetElevation(target=target):
            aim = resolve(target)
            return between(sine_of_elevation(aim), constraint, SINE, aim)
        case Separation(bodies=bodies):
            one, two = map(resolve, bodies)
            return between(minus_cosine_of_separation(one, two), constraint, MINUS_COSINE, one, two)
        case PhaseAngle(body=body):
            return between(minus_cosine_of_phase(_body(body, resolve)), constraint, MINUS_COSINE, body)
        case RangeTo(body=body):
            aim = resolve(body)
            if isinstance(aim, Star):
                raise RequestError(f"range_to: {body} is a direction and has no distance")
            return between(range_to(aim), constraint, DISTANCE, aim)
        case PassOver() | SolarBeta() | Occultation():
            return _of_orbiter(constraint, resolve, view)
        case Magnetotail(half_width=width):
            return Leaf(tail_alignment, float(np.cos(np.radians(width))), None, ("sun", "earth"), COSINE)
        case _:
            return _of_light(constraint, view)


def _body(name: str, resolve: Resolve) -> str:
    aim = resolve(name)
    if not isinstance(aim, str):
        raise RequestError(f"phase_angle: {name} is no planet, and only planets have a phase")
    return aim


def _of_light(constraint: Constraint, view: View) -> Leaf:
    match constraint:
        case Day() | Night():
            above = limb_elevation("sun") if view.flies else sine_of_elevation("sun")
            low, high = (0.0, None) if isinstance(constraint, Day) else (None, 0.0)
            return Leaf(above, low, high, ("sun",), ANGLE if view.flies else SINE)
        case LocalSolarTime(min=first, max=last):
            half = np.pi * ((last - first) % 86400.0) / 86400.0
            middle = 2.0 * np.pi * first / 86400.0 + half
            return Leaf(hour_angle(middle), float(np.cos(half)), None, ("sun",), HOURS)
        case Season(half=None):
            return between(sine_of_solar_latitude, constraint, SINE, "sun")
        case Season(half=half):
            if not isinstance(view.place, SurfacePlace):
                raise RequestError(
                    f"season: {half} belongs to a site; an orbiter crosses both hemispheres, give min or max"
                )
            north = (half == "summer") == (view.place.latitude >= 0.0)
            return Leaf(sine_of_solar_latitude, 0.0 if north else None, None if north else 0.0, ("sun",))
        case Eclipse(phase=phase, by="earth" | "moon" as by):
            if by == "moon" and not view.flies:
                raise RequestError(
                    "eclipse by the Moon is night at a site: use night; on an orbiter it is one"
                )
            signal = covered_limb(by, -1.0 if phase == "umbra" else 1.0)
            return Leaf(signal, 0.0, None, ("sun", by), ANGLE)
    raise RequestError(f"{constraint.kind} has no signal that is smooth in time")


def _of_quiet(constraint: RadioQuiet, resolve: Resolve) -> tuple[Leaf, ...]:
    highest = -float(np.radians(constraint.margin))
    spheres = [("earth", constraint.within), *((resolve(name), 0.0) for name in constraint.emitters)]
    return tuple(Leaf(limb_elevation(aim, radius), None, highest, (aim,), ANGLE) for aim, radius in spheres)


def _of_orbiter(constraint: PassOver | SolarBeta | Occultation, resolve: Resolve, view: View) -> Leaf:
    if isinstance(constraint, PassOver):
        return _pass(constraint, resolve, view)
    if not view.flies:
        why = {
            "solar_beta": "a site moves in no orbital plane; use sun_elevation",
            "occultation": "a site has no limb of the Moon before it; use target_elevation",
        }
        raise RequestError(f"{constraint.kind} belongs to an orbiter: {why[constraint.kind]}")
    if isinstance(constraint, SolarBeta):
        return between(sine_of_beta, constraint, SINE, "sun")
    aim = resolve(constraint.target)
    return Leaf(limb_elevation(aim), None, 0.0, (aim,), ANGLE)


def _pass(constraint: PassOver, resolve: Resolve, view: View) -> Leaf:
    if constraint.orbiter is not None:
        orbiter = resolve(constraint.orbiter)
        if not isinstance(orbiter, Trajectory):
            raise RequestError(f"pass_over: {constraint.orbiter} is no orbiter")
        if view.flies:
            raise RequestError(
                "pass_over: on an orbiter name the site that it passes over, not another orbiter"
            )
        return between(sine_of_elevation(orbiter), constraint, SINE, orbiter)
    site = resolve(str(constraint.site))
    if not isinstance(site, SurfacePlace):
        raise RequestError(f"pass_over: {constraint.site} is no site on the Moon")
    if not isinstance(view.place, Trajectory):
        raise RequestError("pass_over: at a site name the orbiter that passes over it, not another site")
    signal = seen_from(View(site, view.correction), sine_of_elevation(view.place))
    return between(signal, constraint, SINE, site)
