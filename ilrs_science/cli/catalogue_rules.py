"""``ilrs catalogue comply``: what treaties, regulations and recommendations say to a plan."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from ilrs_science.catalogue.comply.finding import Verdict
from ilrs_science.catalogue.library.subjects import comply as findings_of
from ilrs_science.cli.common import emit, output_options
from ilrs_science.cli.folders import folder_argument, laid_over

__all__ = ["COMMANDS"]

_COUNTED = {Verdict.DECIDE: "for a person to decide", Verdict.NOT_APPLICABLE: "not applicable"}


@click.command("comply", short_help="What treaties and rules say to a plan.")
@click.argument("name", metavar="ID")
@folder_argument
@click.option("--all", "everything", is_flag=True, help="Also rules that do not apply.")
@output_options
@click.pass_context
def comply(
    context: click.Context, name: str, folder: Path | None, everything: bool, form: str, output: Path | None
) -> None:
    """Check a station, campaign, mission, experiment or site against the rules; exit status 1 if one is broken.

    What a program cannot know is left to a person, and said so; it is no legal advice.
    """
    known = laid_over(folder)
    found = findings_of(name, known)
    shown = [one for one in found if everything or one.verdict is not Verdict.NOT_APPLICABLE]
    rows = [
        {
            "rule": known.compliance[one.item].code or one.item,
            "verdict": one.verdict.words,
            "about": one.about,
            "finding": one.text,
        }
        for one in shown
    ]
    count = Counter(one.verdict for one in found)
    title = ", ".join(f"{count[verdict]} {_COUNTED.get(verdict, verdict)}" for verdict in Verdict)
    emit(rows, ("rule", "verdict", "about", "finding"), form, output, title)
    context.exit(1 if count[Verdict.BROKEN] else 0)


COMMANDS = (comply,)
