"""Findings: what came of one rule for one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "Verdict"]


class Verdict(StrEnum):
    """What a check can say."""

    BROKEN = "broken"
    """The records break the rule."""
    UNKNOWN = "unknown"
    """A record does not say what the rule needs to know."""
    DECIDE = "decide"
    """A person must decide."""
    KEPT = "kept"
    """The records keep the rule."""
    NOT_APPLICABLE = "not_applicable"
    """The rule is about something else."""

    @property
    def words(self) -> str:
        """The verdict as a table says it."""
        return {"decide": "a person decides", "not_applicable": "does not apply"}.get(self.value, self.value)


@dataclass(frozen=True)
class Finding:
    """What came of one rule.

    Parameters
    ----------
    item : str
        Id of the compliance item.
    verdict : Verdict
        What was found.
    about : str
        Id of the record that it is about; empty if it is about all of them.
    text : str
        In words.
    """

    item: str
    verdict: Verdict
    about: str
    text: str

    def __str__(self) -> str:
        about = f" {self.about}:" if self.about else ""
        return f"{self.item}: {self.verdict.words}:{about} {self.text}"
