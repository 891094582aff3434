"""Apply every rule to what is planned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ilrs_science.catalogue.compliance import Check, ComplianceItem
from ilrs_science.catalogue.comply import craft, places
from ilrs_science.catalogue.comply.finding import Finding, Verdict
from ilrs_science.catalogue.comply.subject import Subject

__all__ = ["CHECKS", "apply_rules"]

#: Function of each check.
CHECKS: Final[dict[Check, Callable[[ComplianceItem, Subject], Iterator[Finding]]]] = {
    Check.RESPONSIBLE_STATE: craft.responsible_state,
    Check.REGISTRATION: craft.registration,
    Check.HERITAGE: places.heritage,
    Check.SHIELDED_PLACE: places.shielded_places,
    Check.SHIELDED_ZONE: places.shielded_zone,
    Check.PLANETARY_PROTECTION: places.planetary_protection,
    Check.SAMPLE_RETURN: craft.sample_return,
    Check.DISPOSAL: craft.disposal,
    Check.NUCLEAR: craft.nuclear,
    Check.INTERFERENCE: places.neighbours,
    Check.MOON_AGREEMENT: craft.moon_agreement,
}


def apply_rules(items: Iterable[ComplianceItem], subject: Subject) -> list[Finding]:
    """Every rule applied to what is planned.

    Parameters
    ----------
    items : iterable of ComplianceItem
        Rules.
    subject : Subject
        Records to check and the records around them; nothing else is read.

    Returns
    -------
    list of Finding
        In the order of the rules: what each check found, then what a person must decide. A check that found nothing to
        look at says that the rule does not apply.
    """
    return [finding for item in items for finding in _findings(item, subject)]


def _findings(item: ComplianceItem, subject: Subject) -> Iterator[Finding]:
    found = list(CHECKS[item.check](item, subject)) if item.check is not None else []
    yield from found
    if item.check is not None and not found:
        yield Finding(item.id, Verdict.NOT_APPLICABLE, "", "nothing here that the rule is about")
    applies = item.check is None or any(one.verdict is not Verdict.NOT_APPLICABLE for one in found)
    if item.decide and applies:
        yield Finding(item.id, Verdict.DECIDE, "", item.decide)
