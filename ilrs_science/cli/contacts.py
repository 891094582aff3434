"""``ilrs contacts``: who hears a place, when, and how much each contact carries."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd

from ilrs_science.cli.common import counted, emit, output_options
from ilrs_science.cli.place import TERRAIN_HELP, moon_place
from ilrs_science.cli.progress import working
from ilrs_science.environment.links.partners import Relaying
from ilrs_science.environment.links.table import contacts as find_contacts
from ilrs_science.epochs import format_epoch

__all__ = ["contacts"]

COLUMNS = {
    "duration_h": ("duration", 1.0 / 3600.0, ".4f"),
    "link": ("link", 1.0, ""),
    "peak_elevation_deg": ("peak_elevation", 1.0, ".2f"),
    "mean_rate_Mbit_s": ("mean_rate", 1.0, ".4g"),
    "max_rate_Mbit_s": ("max_rate", 1.0, ".4g"),
    "volume_Gbit": ("volume", 1e-3, ".4g"),
    "min_range_km": ("min_range", 1.0, ".0f"),
    "light_time_s": ("light_time", 1.0, ".3f"),
}
"""Columns after start and end: that of the library's table, the factor to the unit in the name, and the digits."""


@click.command()
@click.option("--site", metavar="ID|LAT,LON[,HEIGHT_M]", help="Site id, or degrees north and east; no rates.")
@click.option("--station", metavar="ID", help="Station instead of a site; brings its mast and its radios.")
@click.option("--orbit", metavar="ID|FILE", help="Orbit id, or a CCSDS OEM or SPK file, instead of a site.")
@click.option(
    "--via",
    required=True,
    multiple=True,
    metavar="NAME",
    help="Ground station, relay, orbit, or 'earth' for the Earth's centre; may be repeated.",
)
@click.option("--start", required=True, metavar="DATE", help="UTC unless a zone is given.")
@click.option("--end", required=True, metavar="DATE", help="First instant after the span.")
@click.option(
    "--relaying",
    type=click.Choice(["through", "stored"]),
    default="through",
    show_default=True,
    help="Whether a relay hands on at once, or keeps data until a ground station sees it.",
)
@click.option("--terrain", multiple=True, metavar="auto|none|NAME|FILE", help=TERRAIN_HELP)
@click.option("--mast", metavar="LENGTH", help="Height of the antenna.  [default: the station's, else 2 m]")
@output_options
def contacts(
    site: str | None,
    station: str | None,
    orbit: str | None,
    via: tuple[str, ...],
    start: str,
    end: str,
    relaying: Relaying,
    terrain: tuple[str, ...],
    mast: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Who hears a place, when, at which rate, and how much each contact carries."""
    grids = terrain or ("auto",)
    with working("contacts of the span"):
        place = moon_place(site, station, orbit, mast=mast, terrain=terrain, span=(start, end))
        table = find_contacts(place, start, end, via, terrain=grids, mast=mast, relaying=relaying)
    rows = [_row(contact) for _, contact in table.iterrows()]
    numbers = [name for name in COLUMNS if name != "link"]
    emit(
        rows,
        ("start", "end", *COLUMNS),
        form,
        output,
        f"{counted(len(rows), 'contact')}, UTC",
        numbers=numbers,
    )


def _row(contact: pd.Series) -> dict[str, str]:
    """One contact as text; what is not known is left empty."""
    row = {name: format_epoch(contact[name].to_datetime64()) for name in ("start", "end")}
    for name, (source, factor, digits) in COLUMNS.items():
        value = contact[source]
        row[name] = value if not digits else "" if pd.isna(value) else f"{value * factor:{digits}}"
    return row
