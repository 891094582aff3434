"""Links that save a plan: JSON with its certificate, CSV, a calendar, and its problem for the checker."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

from ilrs_science.panels import controls

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign
    from ilrs_science.panels.plan_kept import KeptPlan

__all__ = ["download_lines", "downloads"]

_LARGEST = 2_000_000
"""Longest text that a page is given as a file. [1]"""
_EMPTY = "The plan can be saved here as soon as there is one."


def downloads(campaign: Campaign, kept: KeptPlan | None) -> str:
    """Links that save a plan.

    Parameters
    ----------
    campaign : Campaign
        Whose plan it is.
    kept : KeptPlan or None
        The plan.

    Returns
    -------
    str
        HTML; the files are in it.
    """
    if kept is None or kept.result.objective is None:
        return controls.hint(_EMPTY)
    result, stem = kept.result, _stem(campaign, kept)
    files = [
        ("Plan with certificate (JSON)", f"{stem}.json", "application/json", result.to_json()),
        ("Table (CSV)", f"{stem}.csv", "text/csv", result.plan.to_csv()),
        ("Calendar (iCalendar)", f"{stem}.ics", "text/calendar", _calendar(campaign, kept)),
        ("Problem (JSON)", f"{stem}-problem.json", "application/json", result.problem.to_json(indent=None)),
    ]
    links = [_link(*file) for file in files if len(file[-1]) <= _LARGEST]
    check = f"ilrs check {stem}-problem.json {stem}.json"
    return (
        f'<div class="ilrs-downloads">{" ".join(links)}</div>'
        f'<div class="ilrs-hint">Checked again without a solver: <code>{html.escape(check)}</code></div>'
    )


def download_lines(campaign: Campaign, kept: KeptPlan | None) -> str:
    """The lines of Python that save the same files.

    Parameters
    ----------
    campaign : Campaign
        Whose plan it is.
    kept : KeptPlan or None
        The plan.

    Returns
    -------
    str
        One line a file; nothing without a plan.
    """
    if kept is None:
        return ""
    stem, name = _stem(campaign, kept), kept.name
    titles = f"titles={{one.id: one.name for one in {name}.problem.activities}}"
    calendar = f'{name}.plan.to_icalendar("{campaign.record.id}", {titles})'
    return "\n".join(
        (
            f'pathlib.Path("{stem}.json").write_text({name}.to_json(), "utf-8")',
            f'pathlib.Path("{stem}.csv").write_text({name}.plan.to_csv(), "utf-8")',
            f'pathlib.Path("{stem}.ics").write_text({calendar}, "utf-8", newline="")',
            f'pathlib.Path("{stem}-problem.json").write_text({name}.problem.to_json(indent=None), "utf-8")',
        )
    )


def _stem(campaign: Campaign, kept: KeptPlan) -> str:
    return f"{campaign.record.id}-{kept.name}"


def _calendar(campaign: Campaign, kept: KeptPlan) -> str:
    """Events are called by their activities, and by their ids where those have no name."""
    titles = {entry.id: entry.name for entry in kept.result.problem.activities}
    return kept.result.plan.to_icalendar(campaign.record.id, titles=titles)


def _link(words: str, file: str, kind: str, text: str) -> str:
    content = base64.b64encode(text.encode()).decode("ascii")
    return (
        f'<a class="ilrs-download" download="{html.escape(file)}" href="data:{kind};base64,{content}">'
        f"{html.escape(words)}</a>"
    )
