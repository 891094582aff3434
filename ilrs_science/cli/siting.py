"""``ilrs siting``: where to build it, on the ground, in orbit, or both."""

from __future__ import annotations

from pathlib import Path

import click

from ilrs_science.cli.common import emit, output_options
from ilrs_science.cli.progress import part_progress

__all__ = ["siting"]

COLUMNS = {
    "value": "{:.4g}", "bound": "{:.4g}", "possible": "{:.0f}", "hours": "{:.0f}", "darkness": "{:.0f}",
    "power": "{:.0f}", "battery": "{:.0f}", "contact": "{:.0f}", "autonomy": "{:.1f}", "launch_mass": "{:.0f}",
}  # fmt: skip
"""Measures that are shown, and how."""


@click.command()
@click.argument("campaign")
@click.argument("places", nargs=-1, required=True)
@click.option(
    "--architecture",
    "architectures",
    multiple=True,
    type=click.Choice(["surface", "orbit", "both"]),
    help="May be repeated.  [default: all three]",
)
@click.option("--station", help="Station whose hardware is built.  [default: that of CAMPAIGN]")
@click.option("--orbiter", help="Station whose hardware is built in orbit.")
@click.option("--terrain", default="auto", show_default=True, metavar="auto|none|NAME|FILE", help="Grids.")
@click.option(
    "--battery",
    type=click.Choice(["as_needed", "as_recorded"]),
    default="as_needed",
    show_default=True,
    help="Grown to what the station's own load asks for, or as its record says.",
)
@click.option("--time-limit", default="5 s", show_default=True, metavar="DURATION", help="For each plan.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of each plan.")
@click.option("--workers", type=click.IntRange(0, 256), help="Processes; one a processor if not given.")
@click.option("--scheduler", metavar="ADDRESS", help="Of a dask scheduler, in place of own processes.")
@output_options
def siting(
    campaign: str,
    places: tuple[str, ...],
    architectures: tuple[str, ...],
    station: str | None,
    orbiter: str | None,
    terrain: str,
    battery: str,
    time_limit: str,
    seed: int,
    workers: int | None,
    scheduler: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Compare PLACES (sites, orbits, SITE+ORBIT) by what the experiments of CAMPAIGN give there."""
    from ilrs_science.studies.siting.candidate import ARCHITECTURES
    from ilrs_science.studies.siting.measures import MEASURES
    from ilrs_science.studies.siting.siting import siting as compared

    with part_progress("candidates") as told:
        found = compared(
            campaign,
            places,
            architectures=architectures or ARCHITECTURES,  # type: ignore[arg-type]
            station=station,
            orbiter=orbiter,
            terrain=terrain,
            battery=battery,  # type: ignore[arg-type]
            time_limit=time_limit,
            seed=seed,
            cluster=scheduler,
            workers=workers,
            progress=told,
        )
    best = dict(found.front()["dominated"].items())
    units = {name: "" if MEASURES[name].unit == "1" else f"_{MEASURES[name].unit}" for name in COLUMNS}
    rows = [
        {"candidate": str(name)}
        | {f"{column}{units[column]}": form_of.format(row[column]) for column, form_of in COLUMNS.items()}
        | {"front": "" if best[name] else "yes", "plan": str(row["status"])}
        for name, row in found.table().iterrows()
    ]
    numbers = [f"{column}{units[column]}" for column in COLUMNS]
    title = f"{campaign}: front of value against launch_mass (assumed masses and manoeuvres)"
    emit(rows, tuple(rows[0]), form, output, title, numbers=tuple(numbers))
    for name, row in found.experiments().query("impossible != ''").iterrows():
        click.echo(f"{name[0]}: {name[1]} {row['impossible']}", err=True)  # type: ignore[index]
