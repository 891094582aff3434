"""Every kind of condition as a form: its words, where it makes sense, and what there is to fill in."""

from __future__ import annotations

from typing import Final

from ilrs_science.panels import forms_light, forms_sky, forms_station
from ilrs_science.panels.condition_fields import fits
from ilrs_science.panels.condition_form import Form

__all__ = ["FORMS", "Form", "forms_at"]

#: Every kind of condition by its kind, in the order in which they are offered.
FORMS: Final[dict[str, Form]] = {
    form.kind: form for form in (*forms_light.FORMS, *forms_sky.FORMS, *forms_station.FORMS)
}


def forms_at(place: str) -> tuple[list[Form], list[Form]]:
    """Kinds that make sense at a kind of place, and the others.

    Parameters
    ----------
    place : {"site", "station", "orbit"}
        Kind of place.

    Returns
    -------
    offered : list of Form
        In their order.
    left_out : list of Form
        In their order.
    """
    offered = [form for form in FORMS.values() if fits(form.at, place)]
    return offered, [form for form in FORMS.values() if form not in offered]
