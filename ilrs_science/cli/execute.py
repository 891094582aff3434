"""``ilrs execute``: a plan against what goes wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click
import pandas as pd

from ilrs_science.cli.common import Row, emit, form_option, records_of
from ilrs_science.cli.unfelt import tell_unfelt
from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute as execute_plan
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.scenario import read_disruptions, write_disruptions
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.results.verify import read_bundle
from ilrs_science.units import number_in

__all__ = ["execute"]

_LOST = {
    "planned [UTC]": "planned",
    "id": "id",
    "value": "planned_value",
    "outcome": "outcome",
    "why": "reason",
}
_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("words", metavar="RESULT|PROBLEM.json PLAN.json", nargs=-1, required=True)
@click.option("--disruptions", "scenario", type=_FILE, metavar="FILE", help="What goes wrong: YAML or JSON.")
@click.option("--risks", metavar="ID,ID|all", help="Draw what goes wrong from these risks of the catalogue.")
@click.option("--catalogue", "folder", type=_FILE, help="Folder of records laid over the shipped.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Of what is drawn.")
@click.option("--patience", metavar="DURATION", help="How late an activity may start; 6h unless given.")
@click.option("--hibernate", is_flag=True, help="Sleep while no array gives power.")
@form_option
@click.option("--output", type=_FILE, help="Folder for table, disruptions and histories (netCDF).")
@click.pass_context
def execute(
    context: click.Context,
    /,
    words: tuple[str, ...],
    scenario: Path | None,
    risks: str | None,
    folder: Path | None,
    seed: int,
    patience: str | None,
    hibernate: bool,
    form: str,
    output: Path | None,
) -> None:
    """Execute a plan against what goes wrong: what was lost, when and why, and the value that is left.

    Give a result bundle, or a problem with its plan or result. csv tells of every activity. Exit status 1 if the
    station was lost.
    """
    if output is not None and output.is_file():
        raise RequestError(f"{str(output)!r} is a file; --output names a folder")
    problem, plan = _asked(words)
    wrong = read_disruptions(scenario, problem) if scenario is not None else ()
    wrong += _drawn(risks, folder, problem, plan, seed) if risks is not None else ()
    rules: dict[str, Any] = {"hibernate": "dark"} if hibernate else {}
    if patience is not None:
        rules["patience_s"] = round(number_in(patience, "s", "--patience"))
    if rules.get("patience_s", 0) < 0:
        raise RequestError("--patience must not be negative")
    tell_unfelt(wrong, problem)
    ran = execute_plan(problem, plan, wrong, executive=Executive(**rules))
    if output is not None:
        _write(output, ran, wrong)
    if form == "table":
        _print(ran, wrong)
    elif form == "csv":
        table = ran.to_frame()
        emit(_rows(table), tuple(table.columns), form, None)
    else:
        click.echo(json.dumps(_fields(ran, wrong), indent=2, ensure_ascii=False))
    context.exit(0 if ran.lost_s is None else 1)


def _asked(words: tuple[str, ...]) -> tuple[Problem, Plan]:
    """Problem and plan that the words of the command name."""
    if len(words) == 1 and Path(words[0]).is_dir():
        problem, result = read_bundle(Path(words[0]))
        return problem, result.plan
    if len(words) != 2:
        raise RequestError(f"give a result bundle, or PROBLEM.json and PLAN.json, not {' '.join(words)!r}")
    problem, plan = Problem.from_json(Path(words[0])), Plan.from_json(Path(words[1]))
    return problem, plan.counted_from(problem.epoch)


def _drawn(
    names: str, folder: Path | None, problem: Problem, plan: Plan, seed: int
) -> tuple[Disruption, ...]:
    from ilrs_science.catalogue.library import (
        load_catalogue,
    )  # half a second that a scenario alone does not need
    from ilrs_science.planning.execution.draw import draw

    known = load_catalogue(folder).risks
    chosen = list(known.values()) if names == "all" else [known[name.strip()] for name in names.split(",")]
    return draw(chosen, problem, seed, plan=plan)


def _write(folder: Path, ran: Execution, wrong: tuple[Disruption, ...]) -> None:
    """Table, disruptions and histories as files of a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ran.to_frame().to_csv(folder / "execution.csv", index=False)
        ran.to_xarray().to_netcdf(folder / "history.nc", engine="h5netcdf")
    except OSError as error:
        raise RequestError(f"cannot write {str(folder)!r}: {error.strerror or error}") from error
    write_disruptions(wrong, ran.problem, folder / "disruptions.json")
    click.echo(f"wrote {folder}", err=True)


def _print(ran: Execution, wrong: tuple[Disruption, ...]) -> None:
    if wrong:
        heads = ("start [UTC]", "for [h]", "what", "hits")
        emit([_told(ran.problem, one) for one in wrong], heads, "table", None, "What went wrong")
        click.echo()
    if ran.failed:
        table = ran.to_frame()
        rows = [
            {head: row[name] for head, name in _LOST.items()}
            for row in _rows(table[table["outcome"].isin(["aborted", "skipped"])])
        ]
        emit(rows, tuple(_LOST), "table", None, "What was lost")
        click.echo()
    for name, spans in ran.sleep.items():
        for start, end in spans:
            click.echo(f"{name}: asleep from {_when(ran.problem, start)} for {(end - start) / 3600:.1f} h")
    for name, lost in ran.lost.items():
        click.echo(f"{name}: empty, station lost {_when(ran.problem, lost)}")
    for name, one in ran.energy.items():
        parts = {"generated": one.generated_mJ, "used": one.used_mJ, "spilled": one.spilled_mJ}
        if one.unmet_mJ:
            parts["unmet"] = one.unmet_mJ
        told = ", ".join(f"{number / WATT_HOUR:.0f} Wh {word}" for word, number in parts.items())
        click.echo(f"{name}: {told}, least charge {min(ran.charge_mJ[name]) / WATT_HOUR:.0f} Wh")
    for name, held in ran.data.items():
        click.echo(
            f"{name}: {held.made_bit / MEGABIT:.0f} Mbit made, {held.sent_bit / MEGABIT:.0f} Mbit sent"
        )
    click.echo(repr(ran))


def _told(problem: Problem, one: Disruption) -> Row:
    """A disruption as a row."""
    start, end = one.span(problem.horizon_s)
    if one.kind in ("array_loss", "dust"):
        badly = f", {one.share * 100:.3g} %"
    else:
        badly = f", {one.power_W:g} W" if one.power_W else ""
    return {
        "start [UTC]": _when(problem, one.start_s),
        "for [h]": "" if one.end_s is None else f"{(end - start) / 3600:.1f}",
        "what": f"{one.label}{badly}",
        "hits": ", ".join(one.resources) or "everything",
    }


def _fields(ran: Execution, wrong: tuple[Disruption, ...]) -> dict[str, Any]:
    """What the table tells, as numbers and text."""
    table = ran.to_frame()
    when = partial(_when, ran.problem)
    numbers = ("late_h", "value", "planned_value")
    return {
        "value": ran.value,
        "planned_value": ran.planned_value,
        "lost": {name: when(lost) for name, lost in ran.lost.items()},
        "asleep": {
            name: [[when(start), when(end)] for start, end in spans] for name, spans in ran.sleep.items()
        },
        "energy_mJ": {name: asdict(balance) for name, balance in ran.energy.items()},
        "data_bit": {name: asdict(balance) for name, balance in ran.data.items()},
        "disruptions": [one.model_dump(mode="json", exclude_defaults=True) for one in wrong],
        "runs": records_of(_rows(table), numbers),
    }


def _when(problem: Problem, seconds: int) -> str:
    return format_epoch(problem.time(seconds), "s")


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(name): _text(value) for name, value in row.items()} for row in table.to_dict("records")]


def _text(value: object) -> str:
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return format_epoch(value.to_datetime64(), "s")
    return f"{value:g}" if isinstance(value, float) else str(value)
