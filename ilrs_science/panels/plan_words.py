"""Explanations, edits and comparisons of plans as HTML."""

from __future__ import annotations

import html
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ilrs_science.panels import controls
from ilrs_science.panels.plan_sessions import moves_words, parted

if TYPE_CHECKING:
    from ilrs_science.planning.explain.binds import Gain
    from ilrs_science.planning.explain.edit import Edit
    from ilrs_science.planning.explain.explanation import Explanation
    from ilrs_science.planning.shares import ShareTradeoff

__all__ = [
    "answer_words",
    "binding_table",
    "changes_table",
    "edit_words",
    "explanation_words",
    "front_table",
]

_MOST = 8
"""Rows of a table of changes. [1]"""


def explanation_words(explanation: Explanation, *, busy: bool, known: Container[str]) -> str:
    """An explanation as far as it has come.

    Parameters
    ----------
    explanation : Explanation
        What is known.
    busy : bool
        Whether more is being asked.
    known : container of str
        Ids of experiments.

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
    if explanation.families is not None:
        lines.append(("To blame", explanation.families.summary))
    if busy and not explanation.done:
        lines.append(("Price" if explanation.price is None else "To blame", "asking the solver …"))
    state = "is in the plan" if explanation.done else "is left out"
    parts = [
        f'<div class="ilrs-heading">{html.escape(explanation.name)} {state}</div>',
        "".join(f"<p><b>{head}:</b> {html.escape(_sentence(text))}</p>" for head, text in lines),
    ]
    if explanation.price is not None and explanation.price.plan is not None:
        parts.append(changes_table(explanation.price.moves, "What would change", known))
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


def answer_words(explanation: Explanation) -> str:
    """What was found out about a session, in a line.

    Parameters
    ----------
    explanation : Explanation
        Of a session that is left out.

    Returns
    -------
    str
        Plain text: the families of rules to blame and the price, as far as they are known.
    """
    found = (explanation.families, explanation.price)
    return ". ".join(_capital(one.summary) for one in found if one is not None)


def binding_table(gains: Sequence[Gain]) -> str:
    """What more of each resource would pay.

    Parameters
    ----------
    gains : sequence of Gain
        In the order to list them.

    Returns
    -------
    str
        HTML; nothing before the first.
    """
    if not gains:
        return ""
    numbers = ("Pays [points]", "At most [points]", "Proved")
    rows = [
        (one.resource, one.change, _points(one.gain), _points(one.most), "yes" if one.proved else "no")
        for one in gains
    ]
    return controls.table(
        "More of each resource, one at a time", ("Resource", "Increase", *numbers), rows, numbers=numbers
    )


def edit_words(edit: Edit, known: Container[str]) -> str:
    """What an edit by hand did.

    Parameters
    ----------
    edit : Edit
        What was done.
    known : container of str
        Ids of experiments.

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
    said = f"{_capital(edit.told(moves_words(edit.moves, known)))}.{proof} The plan is certified anew."
    return f'<div class="ilrs-note" role="status">{html.escape(said)}</div>' + changes_table(
        edit.moves, "What changed", known
    )


def changes_table(moves: pd.DataFrame, caption: str, known: Container[str]) -> str:
    """What goes, comes and moves between two plans: sessions, and downlink turns only where nothing else changes.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `ilrs_science.planning.explain.changes.changes` gives it.
    caption : str
        Heading.
    known : container of str
        Ids of experiments.

    Returns
    -------
    str
        HTML; nothing where nothing changes.
    """
    sessions, turns = parted(moves, known)
    listed = sessions if len(sessions) else turns
    rows = [
        (str(name), str(row["change"]), _when(row["start_before"]), _when(row["start_after"]))
        for name, row in zip(listed.index[:_MOST], listed.head(_MOST).to_dict("records"), strict=True)
    ]
    if not rows:
        return ""
    rest = f" (first {_MOST} of {len(listed)})" if len(listed) > _MOST else ""
    columns = ("Session" if len(sessions) else "Downlink turn", "Change", "Before [UTC]", "After [UTC]")
    more = f"Not listed: downlink turns that change, {len(turns)}." if len(sessions) and len(turns) else ""
    table = controls.table(caption + rest, columns, rows, numbers=columns[2:])
    return f'<div class="ilrs-changes">{table}{controls.hint(more) if more else ""}</div>'


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


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
