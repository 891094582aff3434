"""Conditions on the ground and the station as forms."""

from __future__ import annotations

from ilrs_science.panels.condition_fields import Number, Several, Span
from ilrs_science.panels.condition_form import Form

__all__ = ["FORMS"]

FORMS = (
    Form(
        "temperature",
        "Station",
        "Temperature of the ground",
        "The ground is between two temperatures, as the light on it makes it",
        (
            Span(
                key="limits",
                label="Temperature",
                unit="K",
                tooltip="Allowed temperature of the ground; 273 K is where water freezes",
                low=0.0,
                high=1000.0,
                first=(100.0, 300.0),
                step=1.0,
            ),
            Number(
                key="depth",
                label="Depth",
                unit="m",
                tooltip="Below the surface, 0 to 2 m; the daily wave ends at about half a metre",
                low=0.0,
                high=2.0,
                first=0.0,
            ),
            Number(
                key="slope",
                label="Slope",
                unit="deg",
                tooltip="Slope of the ground, 0 (level) to 90",
                low=0.0,
                high=90.0,
                first=0.0,
            ),
            Number(
                key="aspect",
                label="Falls towards",
                unit="deg",
                tooltip="Azimuth to which sloping ground falls, from north through east",
                low=-360.0,
                high=360.0,
                first=0.0,
            ),
        ),
        at="site",
    ),
    Form(
        "power_available",
        "Station",
        "Power of the station",
        "Arrays and sources of the station deliver enough, without its battery",
        (
            Number(
                key="min",
                label="At least",
                unit="W",
                tooltip="Smallest power that arrays and sources deliver",
                low=0.0,
                high=1e9,
                first=100.0,
                optional=True,
            ),
            Number(
                key="max",
                label="At most",
                unit="W",
                tooltip="Largest power, where more would be wrong; empty is no limit",
                low=0.0,
                high=1e9,
                first=None,
                optional=True,
            ),
        ),
        at="station",
    ),
    Form(
        "link_rate",
        "Station",
        "Data rate to the Earth",
        "Somebody who is named hears the station at the rate",
        (
            Number(
                key="min",
                label="At least",
                unit="Mbit/s",
                tooltip="Smallest data rate by the best way; one kbit/s is 0.001 Mbit/s",
                low=0.0,
                high=1e6,
                first=0.1,
                optional=True,
            ),
            Number(
                key="max",
                label="At most",
                unit="Mbit/s",
                tooltip="Largest rate; empty is no limit",
                low=0.0,
                high=1e6,
                first=None,
                optional=True,
            ),
            Several(
                key="via",
                label="Heard by",
                tooltip="Ground stations, relays or orbits that hear the station; none means any place on the Earth",
                folders=("ground_stations", "relays", "orbits"),
            ),
        ),
        at="station",
    ),
)
