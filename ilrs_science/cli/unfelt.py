"""Disruptions that a problem never feels, told by the commands that take them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ilrs_science.cli.common import counted
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.problem.problem import Problem

__all__ = ["tell_unfelt"]


def tell_unfelt(wrong: Sequence[Disruption], problem: Problem) -> None:
    """Say on standard error which disruptions lie outside a problem, or last for no time.

    Parameters
    ----------
    wrong : sequence of Disruption
        What goes wrong.
    problem : Problem
        What is planned.
    """
    spans = {index: one.span(problem.horizon_s) for index, one in enumerate(wrong)}
    unfelt = [wrong[index].label for index, (start, end) in spans.items() if start >= end]
    if unfelt:
        are = "is" if len(unfelt) == 1 else "are"
        told = (
            f"{counted(len(unfelt), 'disruption')} {are} not felt within the problem: {', '.join(unfelt[:5])}"
        )
        click.echo(f"ilrs: {told}{', ...' if len(unfelt) > 5 else ''}", err=True)
