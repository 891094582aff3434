"""The lines of Python that do what the replan dashboard does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from ilrs_science.planning.execution.disruption import Disruption

__all__ = ["call_of", "disruption_line", "list_line", "operate_lines", "options_of"]


def call_of(name: str, record: BaseModel, **more: str) -> str:
    """A record as the call that makes it; fields with their default are left out.

    Parameters
    ----------
    name : str
        Of the class, as ``ilrs.Executive``.
    record : pydantic.BaseModel
        What to write.
    **more : str
        Python source by field, in place of the record's own value.

    Returns
    -------
    str
        Python.
    """
    fields = {
        key: repr(value).replace("'", '"') for key, value in record.model_dump(exclude_defaults=True).items()
    }
    words = ", ".join(f"{key}={value}" for key, value in (fields | more).items())
    return f"{name}({words})"


def disruption_line(one: Disruption) -> str:
    """A disruption as Python.

    Parameters
    ----------
    one : Disruption
        What goes wrong.

    Returns
    -------
    str
        Python.
    """
    return call_of("ilrs.Disruption", one)


def list_line(wrong: Sequence[Disruption], drawn: int | None) -> str:
    """The line that assigns ``wrong``.

    Parameters
    ----------
    wrong : sequence of Disruption
        What goes wrong.
    drawn : int or None
        Seed from which all of it was drawn; None if a person has chosen it.

    Returns
    -------
    str
        Python.
    """
    if drawn is not None:
        risks = "campaign.catalogue.risks.values()"
        return f"wrong = ilrs.draw({risks}, campaign.problem, seed={drawn}, plan=result.plan)"
    lines = [disruption_line(one) for one in wrong]
    return f"wrong = [{', '.join(lines)}]"


def options_of(choices: Any) -> str:
    """Rules on board and spread as the rest of a call, where they are not the default.

    Parameters
    ----------
    choices : ReplanChoices
        What is chosen.

    Returns
    -------
    str
        Begins with a comma unless it is empty.
    """
    found = [
        f", {key}={call_of(name, record)}"
        for key, name, record in (
            ("executive", "ilrs.Executive", choices.executive),
            ("spread", "ilrs.Spread", choices.spread),
        )
        if record.model_dump(exclude_defaults=True)
    ]
    return "".join(found)


def operate_lines(choices: Any) -> str:
    """The lines that execute the plan in each way.

    Parameters
    ----------
    choices : ReplanChoices
        What is chosen.

    Returns
    -------
    str
        They assign ``lives``, an Operation by mode.
    """
    who = call_of("ilrs.Operator", choices.operator("on_board"), mode="mode")
    call = f"ilrs.operate(campaign.problem, result.plan, wrong, operator={who}{options_of(choices)})"
    return f'lives = {{mode: {call} for mode in ("keep_going", "on_board", "ground")}}'
