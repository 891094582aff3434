"""Report: a plan as one self-contained HTML page that needs no network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from ilrs_science.figures.campaign import campaign_timeline
from ilrs_science.results.table import left_out_table, plan_table, summary_table

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign
    from ilrs_science.planning.result import PlanResult

__all__ = ["report_html"]

_STYLE = """
body {font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24}
table {border-collapse: collapse; margin: 1rem 0} th, td {padding: .2rem .8rem; text-align: right}
th {border-bottom: 1px solid #888} th:first-child, td:first-child {text-align: left}
code {overflow-wrap: anywhere} td:last-child {overflow-wrap: anywhere}
.words td:last-child, .words th:last-child {text-align: left}
"""


def report_html(campaign: Campaign, result: PlanResult) -> str:
    """A plan with its timeline, tables and certificate as one HTML page.

    Parameters
    ----------
    campaign : Campaign
        What was planned.
    result : PlanResult
        The plan.

    Returns
    -------
    str
        HTML; Plotly is inside, so that it opens anywhere.
    """
    title = escape(campaign.record.label)
    figure = campaign_timeline(campaign, result)
    sealed = result.certificate
    places = [f"{one.label} at {campaign.catalogue.place_of(one).label}" for one in campaign.stations]
    grounds = [env.attrs.get("dem", "none: it flies") for env in campaign.environments.values()]
    facts = {
        "Result": repr(result).strip("<>"),
        "Stations" if len(places) > 1 else "Station": "; ".join(places),
        "Problem (SHA-256)": sealed.problem,
        "Certificate (SHA-256)": sealed.digest,
        "Versions": ", ".join(f"{name} {version}" for name, version in sealed.versions.items()),
        "Seed": sealed.seed,
        "Terrain": "; ".join(dict.fromkeys(grounds)),
    }
    listed = "".join(
        f"<li><b>{escape(key)}:</b> <code>{escape(str(value))}</code></li>" for key, value in facts.items()
    )
    drawn = figure.to_html(full_html=False, include_plotlyjs=True, config=_CONFIG)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body><h1>{title}</h1><ul>{listed}</ul>{drawn}"
        f"<h2>Experiments</h2>{_table(summary_table(campaign, result))}"
        f"<h2>Left out</h2>{_left_out(campaign, result)}"
        f"<h2>Sessions</h2>{_table(plan_table(campaign, result))}</body></html>"
    )


_CONFIG = {
    "responsive": True,
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["sendChartToCloud"],
}
"""No button of the figure sends anything anywhere."""
_HEADS = {
    "id": "Id", "experiment": "Experiment", "reason": "Left out because",
    "wanted": "Sessions wanted", "done": "done", "window_h": "Possible [h]",
    "value": "Value [points]",
    "start": "Start [UTC]", "end": "End [UTC]", "hours": "Length [h]", "power": "Power [W]", "data": "Data [Mbit]",
}  # fmt: skip


def _table(table: pd.DataFrame) -> str:
    return table.rename(columns=_HEADS).to_html(
        index=False, border=0, classes="words" if "reason" in table else None, float_format="{:.4g}".format
    )


def _left_out(campaign: Campaign, result: PlanResult) -> str:
    table = left_out_table(campaign, result)
    return _table(table) if len(table) else "<p>Nothing: every session is done.</p>"
