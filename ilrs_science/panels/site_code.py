"""The Python lines that give what the site dashboard shows."""

from __future__ import annotations

from pathlib import Path

from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.panels.site_choices import SiteChoices
from ilrs_science.panels.site_sizes import array_powers, loads

__all__ = ["code_of"]


def code_of(choices: SiteChoices) -> str:
    """Lines that compute and draw what was chosen.

    Parameters
    ----------
    choices : SiteChoices
        What was asked.

    Returns
    -------
    str
        To be pasted into a notebook.
    """
    lines = [
        "import ilrs_science as ilrs",
        "from ilrs_science import figures",
        "",
        f"place = {_place(choices)}",
        f'start, end, month_end = "{_day(choices.start)}", "{_day(choices.end)}", "{_day(choices.month_end)}"',
        f'terrain, mast = {_terrain(choices)}, "{choices.mast:.10g} m"',
        "env = ilrs.environment(place, start, end, terrain=terrain, mast=mast)",
        "light = ilrs.illumination_statistics(place, start, end, terrain=terrain, mast=mast)",
    ]
    if choices.wants("light"):
        lines += [
            "skyline = ilrs.horizon(place, ilrs.terrain_of(terrain), mast=mast)",
            "figures.panorama(skyline, env)",
            "figures.year_strip(env)",
        ]
    if choices.wants("temperature"):
        lines += [
            'ground = ilrs.surface_temperature(place, start, month_end, terrain=terrain, depth=("10 cm", "50 cm"))',
            "figures.lunation_temperature(ground, env.sel(time=slice(start, month_end)))",
        ]
    if choices.wants("station"):
        lines += _station(choices)
    return "\n".join(lines)


def _station(choices: SiteChoices) -> list[str]:
    """Battery and contacts."""
    station = choices.station
    assert station is not None
    powers, drawn = (
        "[" + ", ".join(f"{float(power):.10g}" for power in some) + "]"
        for some in (array_powers(station), loads(station))
    )
    lines = [f'station = ilrs.load_catalogue().stations["{station.id}"]']
    if station.arrays:
        lines += [
            "sizes = ilrs.battery_curve(",
            f"    {drawn}, station, start, end, array_power={powers}, terrain=terrain, mast=mast",
            ")",
            "figures.battery_curve(sizes, chosen=(station.rated_power, station.battery.capacity))",
        ]
    partners = ", ".join(f'"{name}"' for name in choices.partners)
    return [
        *lines,
        f"heard = ilrs.contacts(station, start, month_end, [{partners}], terrain=terrain, mast=mast)",
        "figures.contact_timeline(heard)",
    ]


def _place(choices: SiteChoices) -> str:
    ground = choices.ground
    if ground.id == "unnamed_site":
        return f"ilrs.Site(latitude={ground.latitude!r}, longitude={ground.longitude!r})"
    return f'ilrs.load_catalogue().sites["{ground.id}"]'


def _terrain(choices: SiteChoices) -> str:
    """Terrain as one would write it: text, or a list of text."""
    given = choices.terrain
    if isinstance(given, TerrainStack):
        return "terrain"
    if isinstance(given, str | Path):
        return f'"{given}"'
    return "[" + ", ".join(f'"{one}"' for one in given) + "]"


def _day(time: object) -> str:
    return str(time)[:10]
