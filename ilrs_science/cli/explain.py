"""``ilrs explain``: why activities are left out of a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import click
import pandas as pd

from ilrs_science.cli.common import Row, emit, records_of, write_text
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.errors import RequestError
from ilrs_science.planning.explain.explanation import Depth, Explanation
from ilrs_science.planning.explain.explanation import explain as explain_plan
from ilrs_science.planning.explain.reasons import left_out_reasons
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.progress import parse_time_limit
from ilrs_science.results.verify import read_bundle

__all__ = ["explain"]


@click.command()
@click.argument("words", metavar="RESULT|PROBLEM.json PLAN.json [ID]", nargs=-1, required=True)
@click.option(
    "--depth",
    type=click.Choice(get_args(Depth)),
    default="price",
    show_default=True,
    help="The last question: what blocks it, does it fit, what does it cost, which family of rules is to blame.",
)
@click.option(
    "--time-limit", default="20s", show_default=True, metavar="DURATION", help="For all searches together."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Form.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of to the screen."
)
@click.pass_context
def explain(
    context: click.Context,
    /,
    words: tuple[str, ...],
    depth: Depth,
    time_limit: str,
    form: str,
    output: Path | None,
) -> None:
    """Why ID is left out of a plan: what blocks each start, whether it fits, what forcing it in costs.

    Give a result bundle, or a problem with its plan or result; ID is an activity or an experiment. Without ID: why each
    activity was left out, as far as the plan itself shows, without a solver. Exit status 3 if stopped.
    """
    parse_time_limit(time_limit)
    problem, plan, bound, name = _asked(words)
    if name is None:
        reasons = left_out_reasons(problem, plan)
        emit(_rows(reasons), ("id", "value", "reason"), form, output, numbers=("value",))
        return
    with stop_on_signal() as stopped:
        found = explain_plan(
            problem, plan, name, depth=depth, time_limit=time_limit, bound=bound, cancel=stopped.is_set
        )
    if form == "json":
        write_text(json.dumps(_fields(found), indent=2, ensure_ascii=False), output)
    else:
        table = found.to_frame()
        title = "\n".join(found.summary.split("; "))
        emit(_rows(table), tuple(table.columns), form, output, title, numbers=("hours",))
    if stopped.is_set():
        click.echo("ilrs: stopped; this is what was found until then", err=True)
        context.exit(3)


def _asked(words: tuple[str, ...]) -> tuple[Problem, Plan, float | None, str | None]:
    """Problem, plan, bound and id that the words of the command name."""
    if Path(words[0]).is_dir():
        problem, result = read_bundle(Path(words[0]))
        return problem, result.plan, result.bound, _last(words[1:])
    if len(words) < 2:
        raise RequestError(f"give a result bundle, or PROBLEM.json and PLAN.json; {words[0]!r} is no folder")
    problem, plan = Problem.from_json(Path(words[0])), Plan.from_json(Path(words[1]))
    return problem, plan.counted_from(problem.epoch), None, _last(words[2:])


def _last(words: tuple[str, ...]) -> str | None:
    if len(words) > 1:
        raise RequestError(f"one ID at a time, not {' and '.join(map(repr, words))}")
    return words[0] if words else None


def _fields(found: Explanation) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": found.name,
        "activities": list(found.activities),
        "done": found.done,
        "summary": found.summary.split("; "),
        "blocked": records_of(_rows(found.to_frame()), ("hours",)),
    }
    if found.fits is not None:
        fields["fits"] = found.fits.verdict
    if found.price is not None:
        fields["price"] = {
            name: getattr(found.price, name) for name in ("cost", "least", "proved", "impossible")
        }
    return fields


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(name): _text(value) for name, value in row.items()} for row in table.to_dict("records")]


def _text(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value:g}" if isinstance(value, float) else str(value)
