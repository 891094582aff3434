"""The units that text may state: one table for the loader, its messages, JSON Schema and the reference page."""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = ["QUANTITIES", "conversions", "spellings", "symbols"]

#: Canonical unit to its units: spellings, the symbol first, then scale and, if any, offset. Scales are exact by
#: definition (SI brochure 9; IAU 2012 Resolution B2 for the au); 57.29577951308232 is 180 over pi.
_TABLE: Final[dict[str, tuple[tuple[str, float] | tuple[str, float, float], ...]]] = {
    "deg": (
        ("deg degree degrees", 1.0),
        ("arcmin arcminute arcminutes", 1 / 60),
        ("arcsec arcsecond arcseconds", 1 / 3600),
        ("rad radian radians", 57.29577951308232),
        ("mas milliarcsecond milliarcseconds", 1 / 3.6e6),
    ),
    "km": (
        ("km kilometre kilometres kilometer kilometers", 1.0),
        ("m metre metres meter meters", 1e-3),
        ("AU au", 149597870.7),
    ),
    "km/s": (("km/s", 1.0), ("m/s", 1e-3), ("km/h", 1 / 3600)),
    "m": (
        ("m metre metres meter meters", 1.0),
        ("km kilometre kilometres kilometer kilometers", 1e3),
        ("cm centimetre centimetres centimeter centimeters", 1e-2),
        ("mm millimetre millimetres millimeter millimeters", 1e-3),
    ),
    "m**2": (("m**2", 1.0), ("cm**2", 1e-4), ("km**2", 1e6)),
    "W": (
        ("W watt watts", 1.0),
        ("kW kilowatt kilowatts", 1e3),
        ("mW milliwatt milliwatts", 1e-3),
        ("MW megawatt megawatts", 1e6),
    ),
    "Wh": (
        ("Wh", 1.0),
        ("kWh", 1e3),
        ("J joule joules", 1 / 3600),
        ("kJ kilojoule kilojoules", 1 / 3.6),
        ("MJ megajoule megajoules", 1 / 3.6e-3),
        ("MWh", 1e6),
    ),
    "s": (
        ("s sec second seconds", 1.0),
        ("min minute minutes", 60.0),
        ("h hr hour hours", 3600.0),
        ("d day days", 86400.0),
        ("yr a year years", 31557600.0),
        ("ms millisecond milliseconds", 1e-3),
    ),
    "Mbit/s": (("Mbit/s", 1.0), ("kbit/s", 1e-3), ("Gbit/s", 1e3), ("bit/s", 1e-6)),
    "Mbit": (
        ("Mbit megabit megabits", 1.0),
        ("Gbit gigabit gigabits", 1e3),
        ("GB gigabyte gigabytes", 8e3),
        ("bit bits", 1e-6),
        ("kbit kilobit kilobits", 1e-3),
        ("Tbit terabit terabits", 1e6),
        ("B byte bytes", 8e-6),
        ("kB kilobyte kilobytes", 8e-3),
        ("MB megabyte megabytes", 8.0),
        ("TB terabyte terabytes", 8e6),
    ),
    "K": (("K kelvin", 1.0), ("degC celsius", 1.0, 273.15)),
    "kg": (
        ("kg kilogram kilograms", 1.0),
        ("g gram grams", 1e-3),
        ("t tonne tonnes", 1e3),
    ),
    "MHz": (
        ("MHz megahertz", 1.0),
        ("kHz kilohertz", 1e-3),
        ("GHz gigahertz", 1e3),
        ("Hz hertz", 1e-6),
    ),
    "mas": (("mas milliarcsecond milliarcseconds", 1.0), ("arcsec arcsecond arcseconds", 1e3)),
    "mas/yr": (("mas/yr", 1.0), ("arcsec/yr", 1e3)),
    "1": (("% percent", 1e-2),),
    "J/kg/K": (("J/kg/K", 1.0), ("kJ/kg/K", 1e3)),
    "W/K": (("W/K", 1.0), ("mW/K", 1e-3)),
}

#: Canonical units, in which records hold their numbers.
QUANTITIES: Final = frozenset(_TABLE)


@cache
def conversions(unit: str) -> dict[str, tuple[float, float]]:
    """How each spelling is carried to a canonical unit.

    Parameters
    ----------
    unit : str
        Canonical unit, such as ``"W"``.

    Returns
    -------
    dict
        Spelling to scale and offset, in the order of the table.

    Examples
    --------
    >>> conversions("K")["degC"]
    (1.0, 273.15)
    """
    found: dict[str, tuple[float, float]] = {}
    for names, scale, *offset in _TABLE.get(unit, ()):
        for name in names.split():
            found[name] = (scale, offset[0] if offset else 0.0)
            found[name.replace("**", "^")] = found[name]
    return found


def spellings(unit: str) -> tuple[str, ...]:
    """Every spelling that a quantity may have.

    Parameters
    ----------
    unit : str
        Canonical unit, such as ``"W"``.

    Returns
    -------
    tuple of str
        Symbols, and names in the singular and the plural: ``("W", "watt", "watts", "kW", ...)``.
    """
    return tuple(conversions(unit))


def symbols(unit: str) -> str:
    """The symbols of a quantity, as messages and the reference page offer them.

    Parameters
    ----------
    unit : str
        Canonical unit.

    Returns
    -------
    str
        Such as ``W, kW, mW, MW``; the text itself for a unit that is not in the table.

    Examples
    --------
    >>> symbols("kg"), symbols("1")
    ('kg, g, t', '%, or a number between 0 and 1')
    """
    if unit == "1":
        return "%, or a number between 0 and 1"
    return ", ".join(names.split()[0] for names, *_ in _TABLE.get(unit, ((unit, 1.0),)))
