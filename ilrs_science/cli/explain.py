"""``ilrs explain``: why activities are left out of a plan."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import click
import pandas as pd

from ilrs_science.cli.common import Row, counted, emit, output_options, records_of, require_output, write_text
from ilrs_science.cli.judging import Judged, judged
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.errors import RequestError
from ilrs_science.planning.explain.explanation import Depth, Explanation
from ilrs_science.planning.explain.explanation import explain as explain_plan
from ilrs_science.planning.explain.reasons import left_out_reasons
from ilrs_science.planning.judge.check import check as check_plan
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
@output_options
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
    activity was left out, as far as the plan itself shows, without a solver. Exit status 1 if there is no plan, or one
    that breaks a rule or its certificate; 3 if stopped.
    """
    parse_time_limit(time_limit)
    require_output(output, *map(Path, words[:2]))
    asked, name = _asked(words)
    if asked.violations:
        click.echo(f"ilrs: {_refused(words, asked)}", err=True)
        context.exit(1)
    problem, plan, none = asked.problem, asked.plan, None
    if asked.result is not None and asked.result.status == "INFEASIBLE":
        none = asked.result.certificate.note
    bound = asked.result.bound if asked.result is not None and Path(words[0]).is_dir() else None
    if name is None:
        reasons = left_out_reasons(problem, plan, none=none)
        emit(_rows(reasons), ("id", "value", "reason"), form, output, numbers=("value",))
        context.exit(0 if none is None else 1)
    with stop_on_signal() as stopped:
        found = explain_plan(
            problem,
            plan,
            name,
            depth=depth,
            time_limit=time_limit,
            bound=bound,
            none=none,
            cancel=stopped.is_set,
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
    context.exit(0 if none is None else 1)


def _asked(words: tuple[str, ...]) -> tuple[Judged, str | None]:
    """Problem, plan with what is wrong with it, and id that the words of the command name."""
    if Path(words[0]).is_dir():
        problem, result = read_bundle(Path(words[0]))
        return Judged(problem, result.plan, result, tuple(result.verify(problem))), _last(words[1:])
    if len(words) < 2:
        raise RequestError(f"give a result bundle, or PROBLEM.json and PLAN.json; {words[0]!r} is no folder")
    asked = judged(Path(words[0]), Path(words[1]))
    if (
        asked.result is None and asked.plan.epoch != asked.problem.epoch
    ):  # a bare plan may count from elsewhere
        plan = asked.plan.counted_from(asked.problem.epoch)
        asked = replace(asked, plan=plan, violations=tuple(check_plan(asked.problem, plan)))
    return asked, _last(words[2:])


def _refused(words: tuple[str, ...], asked: Judged) -> str:
    """Why a plan is not explained."""
    of = words[0] if Path(words[0]).is_dir() else f"{words[0]} {words[1]}"
    count = counted(len(asked.violations), "violation")
    return f"the plan is not explained: {count}, such as {asked.violations[0]}; all of them: ilrs check {of}"


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
