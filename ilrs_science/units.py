"""Units: number types that know their unit, and one pint registry.

A quantity is text with a unit at the edges (``"120 W"``) and a plain float in one canonical unit inside.
The types below are for record fields: they accept text, refuse a number without a unit, and write text to JSON.
``PlainAngle`` and ``PlainHeight`` also take bare numbers, but not from files (context ``strict_units``).
"""

from __future__ import annotations

import math
import re
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from ilrs_science.errors import UnitError
from ilrs_science.unit_names import QUANTITIES, conversions, spellings, symbols

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from pint import UnitRegistry

    Floats = npt.NDArray[np.float64]

__all__ = [
    "QUANTITIES",
    "Angle",
    "Area",
    "Conductance",
    "DataRate",
    "DataVolume",
    "Distance",
    "Duration",
    "Energy",
    "Fraction",
    "Frequency",
    "Height",
    "Mass",
    "Parallax",
    "PlainAngle",
    "PlainHeight",
    "Power",
    "ProperMotion",
    "SpecificHeat",
    "Speed",
    "Temperature",
    "format_quantity",
    "number_in",
    "numbers_in",
    "parse_quantity",
    "registry",
    "spellings",
]

_UNIT = re.compile(r"[A-Za-z]+(?:(?:\^|\*\*)[2-4])?(?:/[A-Za-z]+(?:(?:\^|\*\*)[2-4])?){0,2}", re.ASCII)
_TEXT = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S.*?)?\s*", re.ASCII)

#: The units of the workbench, in pint's definition format. Exact by definition (SI brochure 9, IAU 2012 B2).
_DEFINITIONS = """
milli- = 1e-3 = m-
centi- = 1e-2 = c-
kilo- = 1e3 = k-
mega- = 1e6 = M-
giga- = 1e9 = G-
tera- = 1e12 = T-
metre = [length] = m = meter
second = [time] = s = sec
gram = [mass] = g
kelvin = [temperature]; offset: 0 = K
bit = [information]
degree = [angle] = deg
minute = 60 * second = min
hour = 60 * minute = h = hr
day = 24 * hour = d
year = 365.25 * day = yr = a
hertz = 1 / second = Hz
newton = kilogram * metre / second ** 2 = N
joule = newton * metre = J
watt = joule / second = W
watthour = watt * hour = Wh
tonne = 1000 * kilogram = t
byte = 8 * bit = B
astronomical_unit = 149597870700 * metre = au = AU
degree_Celsius = kelvin; offset: 273.15 = degC = celsius
radian = 57.29577951308232 * degree = rad
arcminute = degree / 60 = arcmin
arcsecond = arcminute / 60 = arcsec
milliarcsecond = arcsecond / 1000 = mas
""".strip().splitlines()


@cache
def registry() -> UnitRegistry[float]:
    """The one pint registry of the workbench, to compute with units; text is read by the table of `unit_names`.

    Returns
    -------
    pint.UnitRegistry
        Of the units that records use and no more: small enough to load in milliseconds, and with dimensions of
        their own for angle and information, so that data never pass for degrees.
    """
    from pint import UnitRegistry

    units: UnitRegistry[float] = UnitRegistry(None, cache_folder=None)
    units.load_definitions(_DEFINITIONS)
    return units


@cache
def _conversion(unit: str, canonical: str) -> tuple[float, float]:
    """Scale and offset that carry a number in ``unit`` to ``canonical``; the registry only for what no record holds."""
    if unit == canonical:
        return 1.0, 0.0
    if known := conversions(canonical).get(unit):
        return known
    wrong = f"{unit[:40]!r} is not a unit here; use {symbols(canonical)}"
    if canonical in QUANTITIES:
        raise UnitError(wrong)
    from pint.errors import PintError

    units = registry()
    try:
        if not _UNIT.fullmatch(unit):
            raise ValueError(unit)
        return float(units.Quantity(1.0, unit).to(canonical).magnitude), 0.0
    except (PintError, ValueError) as error:
        raise UnitError(wrong) from error


def parse_quantity(text: object, unit: str) -> float:
    """Number in ``unit`` that the text states.

    Parameters
    ----------
    text : str
        Such as ``"120 W"``, ``"2.5 kWh"``, ``"-20 degC"``.
    unit : str
        Canonical unit of the result.

    Returns
    -------
    float
        Value in ``unit``.

    Raises
    ------
    UnitError
        If there is no finite number, no unit, or a unit of another dimension.

    Examples
    --------
    >>> parse_quantity("1.5 kW", "W")
    1500.0
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        if unit == "1":
            return _finite(text, unit)
        number = _finite(text, unit)
        raise UnitError(f"{number:g} has no unit; write '{number:g} {unit}'")
    match = _TEXT.fullmatch(text) if isinstance(text, str) and len(text) <= 64 else None
    if match is None:
        raise UnitError(f"{str(text)[:40]!r} is not a number with a unit, such as '10 {unit}'")
    number, name = float(match[1]), match[2]
    if name is None and unit != "1":
        raise UnitError(f"{text!r} has no unit; write '{match[1]} {unit}'")
    if unit == "1":
        return _finite(number / 100 if name in ("%", "percent") else _dimensionless(number, name), unit)
    scale, offset = _conversion(name, unit)
    exact = (scale, offset) == (1, 0)
    return _finite(number if exact else float(f"{number * scale + offset:.15g}"), unit)


def number_in(value: object, unit: str, what: str) -> float:
    """Number in ``unit`` that a caller means, by text with a unit or by a number already in it.

    Parameters
    ----------
    value : str or float
        Such as ``"100 kbit/s"``, or 0.1; it may be infinite.
    unit : str
        Canonical unit of the result.
    what : str
        What it is, for the message.

    Returns
    -------
    float
        Value in ``unit``.

    Raises
    ------
    UnitError
        If it is neither, or no number.

    Examples
    --------
    >>> number_in("100 kbit/s", "Mbit/s", "data_rate"), number_in(0.1, "Mbit/s", "data_rate")
    (0.1, 0.1)
    """
    if isinstance(value, str):
        try:
            return parse_quantity(value, unit)
        except UnitError as error:
            raise UnitError(f"{what}: {error}") from error
    if isinstance(value, float | int | Real) and value is not True and value is not False and value == value:
        return float(value)
    example = "a number" if unit == "1" else f"text with a unit, or a number of {unit}"
    raise UnitError(f"{what}: {value!r:.40} is not a number; give {example}")


def numbers_in(values: object, unit: str, what: str) -> Floats:
    """Numbers in ``unit`` that a caller means, one by text with a unit or any by an array.

    Parameters
    ----------
    values : str, float or array_like
        Such as ``"400 km"``, or numbers of ``unit``.
    unit : str
        Canonical unit of the result.
    what : str
        What they are, for the message.

    Returns
    -------
    ndarray
        Values in ``unit``.

    Raises
    ------
    UnitError
        If they are neither.
    """
    import numpy as np

    if isinstance(values, str):
        return np.asarray(number_in(values, unit, what))
    try:
        return np.asarray(values, float)
    except (TypeError, ValueError) as error:
        raise UnitError(f"{what}: {values!r:.40} are not numbers of {unit}") from error


def _finite(value: float, unit: str) -> float:
    """The number as a float, refused if it is infinite, no number, or an integer beyond every float."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise UnitError(f"{number} is not a finite number of {symbols(unit)}")
    return number


def _dimensionless(number: float, name: str | None) -> float:
    if name is not None:
        raise UnitError(f"{name!r} is not a unit here; use {symbols('1')}")
    return number


def format_quantity(value: float, unit: str) -> str:
    """Text with unit from a number in that unit.

    Parameters
    ----------
    value : float
        Number in ``unit``.
    unit : str
        Canonical unit.

    Returns
    -------
    str
        Shortest text that reads back to the same number.

    Examples
    --------
    >>> format_quantity(1500.0, "W")
    '1500 W'
    """
    number = repr(float(value)).removesuffix(".0")
    return number if unit == "1" else f"{number} {unit}"


def _quantity(unit: str, *, plain: bool = False) -> Any:
    """Annotations that make a float field read text in units and write it back."""

    def read(value: object, info: ValidationInfo) -> float:
        context = info.context or {}
        trusted = context.get("canonical") or (plain and not context.get("strict_units"))
        if trusted and isinstance(value, int | float) and not isinstance(value, bool):
            return _finite(value, unit)
        number = parse_quantity(value, unit)
        if unit == "K" and number < 0:
            raise UnitError(f"{str(value)[:40]!r} is below absolute zero, which is 0 K or -273.15 degC")
        return number

    def write(value: float) -> str:
        return format_quantity(value, unit)

    schema = {
        "type": ["string", "number"] if plain else "string",
        "description": f"in {symbols(unit)}",
        "unit": unit,
    }
    return (
        BeforeValidator(read, json_schema_input_type=str),
        PlainSerializer(write, return_type=str, when_used="json"),
        WithJsonSchema(schema),
    )


Angle = Annotated[float, *_quantity("deg")]
Distance = Annotated[float, *_quantity("km")]
Speed = Annotated[float, *_quantity("km/s")]
Height = Annotated[float, *_quantity("m")]
Power = Annotated[float, *_quantity("W")]
Energy = Annotated[float, *_quantity("Wh")]
Duration = Annotated[float, *_quantity("s")]
DataRate = Annotated[float, *_quantity("Mbit/s")]
DataVolume = Annotated[float, *_quantity("Mbit")]
Temperature = Annotated[float, *_quantity("K")]
Mass = Annotated[float, *_quantity("kg")]
Frequency = Annotated[float, *_quantity("MHz")]
Parallax = Annotated[float, *_quantity("mas")]
ProperMotion = Annotated[float, *_quantity("mas/yr")]
Fraction = Annotated[float, *_quantity("1")]
Area = Annotated[float, *_quantity("m**2")]
SpecificHeat = Annotated[float, *_quantity("J/kg/K")]
Conductance = Annotated[float, *_quantity("W/K")]
PlainAngle = Annotated[float, *_quantity("deg", plain=True)]
PlainHeight = Annotated[float, *_quantity("m", plain=True)]
