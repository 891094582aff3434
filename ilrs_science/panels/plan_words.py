"""Explanations, edits and comparisons of plans as HTML."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pandas as pd

from ilrs_science.panels import controls

if TYPE_CHECKING:
    from ilrs_science.planning.explain.edit import Edit
    from ilrs_science.planning.explain.explanation import Explanation
    from ilrs_science.planning.shares import ShareTradeoff

__all__ = ["changes_table", "edit_words", "explanation_words", "front_table"]

_MOST = 8
"""Rows of a table of changes. [1]"""


def explanation_words(explanation: Explanation, *, busy: bool) -> str:
    """An explanation as far as it has come.

    Parameters
    ----------
    explanation : Explanation
        What is known.
    busy : bool
        Whether more is being asked.

    Returns
    -------
    str
        HTML: one line for each question, what blocks its starts, and what would change.
    """
    lines = [("Its starts", one.summary.partition(": ")[2]) for one in explanation.blocked[:1]]
    if explanation.fits is not None:
        lines.append(("Beside the others", explanation.fits.summary))
    if explanation.price is not None:
        lines.append(("Price", explanation.price.summary))
    if busy and not explanation.done:
        lines.append(("Price", "asking the solver …"))
    state = "is in the plan" if explanation.done else "is left out"
    parts = [
        f'<div class="ilrs-heading">{html.escape(explanation.name)} {state}</div>',
        "".join(f"<p><b>{head}:</b> {html.escape(_sentence(text))}</p>" for head, text in lines),
    ]
    if explanation.price is not None and explanation.price.plan is not None:
        parts.append(changes_table(explanation.price.moves, "What would change"))
    elif explanation.blocked:
        parts.append(_shares_table(explanation.blocked[0].shares))
    return "".join(parts)


def _shares_table(shares: pd.DataFrame) -> str:
    rows = [
        (str(row["resource"] or row["rule"]), f"{100 * row['share']:.0f}", f"{100 * row['alone']:.0f}")
        for row in shares.head(_MOST).to_dict("records")
    ]
    if not rows:
        return ""
    columns = ("Rule or resource", "Blocks [%]", "Blocks alone [%]")
    return controls.table("What blocks which share of its starts", columns, rows, numbers=columns[1:])


def edit_words(edit: Edit) -> str:
    """What an edit by hand did.

    Parameters
    ----------
    edit : Edit
        What was done.

    Returns
    -------
    str
        HTML: cost with its proof, and what changed.
    """
    if edit.after is None:
        return f'<div class="ilrs-wrong" role="alert">{html.escape(_capital(edit.summary))}.</div>'
    proof = ""
    if edit.least is not None and edit.cost is not None:
        if edit.cost == edit.least:
            proof = " No plan that keeps the edit costs less (proved)."
        elif edit.least > 0:
            proof = f" Every plan that keeps the edit costs {edit.least:g} at least (proved)."
    said = f"{_capital(edit.summary)}.{proof} The plan is certified anew."
    return f'<div class="ilrs-note" role="status">{html.escape(said)}</div>' + changes_table(
        edit.moves, "What changed"
    )


def changes_table(moves: pd.DataFrame, caption: str) -> str:
    """What goes, comes and moves between two plans.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `ilrs_science.planning.explain.changes.changes` gives it.
    caption : str
        Heading.

    Returns
    -------
    str
        HTML; nothing where nothing changes.
    """
    rows = [
        (str(name), str(row["change"]), _when(row["start_before"]), _when(row["start_after"]))
        for name, row in zip(moves.index[:_MOST], moves.head(_MOST).to_dict("records"), strict=True)
    ]
    if not rows:
        return ""
    rest = f" (first {_MOST} of {len(moves)})" if len(moves) > _MOST else ""
    columns = ("Session", "Change", "Before [UTC]", "After [UTC]")
    return controls.table(caption + rest, columns, rows, numbers=columns[2:])


def front_table(front: ShareTradeoff) -> str:
    """The front of value against fairness in numbers.

    Parameters
    ----------
    front : ShareTradeoff
        What was found.

    Returns
    -------
    str
        HTML.
    """
    numbers = ("Fairness asked [1]", "Has [1]", "Value [points]", "At most [points]", "Costs [points]")
    columns = (*numbers, *(f"{partner} [%]" for partner in front.due))
    rows = [
        (
            f"{row['asked']:.2f}",
            *(_number(row[name]) for name in ("fairness", "value", "bound", "cost")),
            *(_percent(row[partner]) for partner in front.due),
        )
        for row in front.to_frame().to_dict("records")
    ]
    return controls.table("Front", columns, rows, numbers=columns)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return _capital(text) + ("" if text.endswith("…") else ".")


def _number(value: Any) -> str:
    return "–" if pd.isna(value) else f"{value:.3g}"


def _percent(share: Any) -> str:
    return "–" if share is None or pd.isna(share) else f"{100 * share:.0f}"


def _when(time: Any) -> str:
    return "–" if pd.isna(time) else f"{time:%Y-%m-%d %H:%M}"
