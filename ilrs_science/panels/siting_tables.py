"""Tables of the siting dashboard: measures, ranking, what is impossible and why, and the files to take away."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.figures.siting_words import TITLES, amount, axis_title
from ilrs_science.panels import controls
from ilrs_science.studies.siting.measures import MEASURES

if TYPE_CHECKING:
    from ilrs_science.studies.siting.result import Siting

__all__ = ["SAVED", "downloads", "impossible_table", "measure_table", "ranking_table"]

SAVED = "\n".join(
    (
        'found.table().to_csv("siting.csv")',
        'found.experiments().to_csv("siting-experiments.csv")',
        'found.dataset().to_netcdf("siting.nc")',
    )
)
"""The lines of Python that save the files."""


def measure_table(found: Siting) -> str:
    """Every measure of every candidate.

    Parameters
    ----------
    found : Siting
        What is shown.

    Returns
    -------
    str
        HTML; a row a measure, with its meaning.
    """
    names = [one.candidate.replace("+", " + ") for one in found.base]  # a pair may take two lines
    rows = [["Architecture", *(TITLES[one.architecture] for one in found.base), ""]]
    rows += [
        [axis_title(name), *(_number(name, one.measures[name]) for one in found.base), measure.meaning]
        for name, measure in MEASURES.items()
    ]
    return controls.table(
        "Measures of the candidates", ["Measure", *names, "What it is"], rows, numbers=names
    )


def ranking_table(found: Siting, weights: Mapping[str, float], spread: float) -> str:
    """Candidates by weighted score, and how often each comes first if the weights are not sure.

    Parameters
    ----------
    found : Siting
        What is shown.
    weights : mapping of str to float
        By measure. [1]
    spread : float
        Share by which each is changed. [1]

    Returns
    -------
    str
        HTML; a sentence where all weights are 0.
    """
    if not any(weights.values()):
        return controls.hint("Every weight is 0; move one slider at least.")
    score, sure = found.ranking(weights), found.robust(weights, spread=spread)
    columns = ["Rank", "Candidate", "Score [1]", "First [%]", "Ranks"]
    rows = [
        [
            str(number),
            str(name),
            f"{score[name]:.3f}",
            f"{100 * sure.loc[name, 'first']:.0f}",
            f"{sure.loc[name, 'best_rank']:.0f} to {sure.loc[name, 'worst_rank']:.0f}",
        ]
        for number, name in enumerate(score.index, 1)
    ]
    caption = f"Ranking; how often each comes first if every weight changes by up to {spread:.0%}"
    return controls.table(caption, columns, rows, numbers=("Rank", "Score [1]", "First [%]"))


def impossible_table(found: Siting, experiments: Mapping[str, Experiment]) -> str:
    """Experiments that can never be done, and why.

    Parameters
    ----------
    found : Siting
        What is shown.
    experiments : mapping of str to Experiment
        Their names, by id.

    Returns
    -------
    str
        HTML; a sentence where there is none.
    """
    rows = [
        [experiments[name].name if name in experiments else name, one.candidate, reason]
        for one in found.base
        for name, reason in one.impossible.items()
    ]
    if not rows:
        return controls.hint("Every experiment is possible at every candidate.")
    rows.sort(key=lambda row: row[0])
    return controls.table("Impossible, and why", ["Experiment", "Candidate", "Reason"], rows)


def downloads(found: Siting) -> str:
    """Links that save the trade.

    Parameters
    ----------
    found : Siting
        What is shown.

    Returns
    -------
    str
        HTML; the files are in it.
    """
    files = [
        ("Measures (CSV)", "siting.csv", "text/csv", found.table().to_csv().encode()),
        ("Experiments (CSV)", "siting-experiments.csv", "text/csv", found.experiments().to_csv().encode()),
        ("All of it (netCDF)", "siting.nc", "application/x-netcdf", bytes(found.dataset().to_netcdf())),
    ]
    links = " ".join(_link(*file) for file in files)
    return f'<div class="ilrs-downloads">{links}</div>{controls.code(SAVED)}'


def _number(measure: str, value: float) -> str:
    """A value without its unit, which stands in the heading."""
    return "–" if math.isnan(value) else amount(measure, value).partition(" ")[0]


def _link(words: str, file: str, kind: str, content: bytes) -> str:
    text = base64.b64encode(content).decode("ascii")
    return (
        f'<a class="ilrs-download" download="{html.escape(file)}" href="data:{kind};base64,{text}">'
        f"{html.escape(words)}</a>"
    )
