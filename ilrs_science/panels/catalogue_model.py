"""What a person looks for in the catalogue, and which record is looked at; no widgets."""

from __future__ import annotations

from typing import Any

import traitlets

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.record import Record
from ilrs_science.errors import UnknownNameError
from ilrs_science.panels.catalogue_filters import FILTERS, choices_of, conditions_of

__all__ = ["CatalogueModel"]

_LONGEST_WORDS = 200


class CatalogueModel(traitlets.HasTraits):
    """Choices of the catalogue dashboard; an unknown name is refused in a sentence, and the old choice stays.

    Parameters
    ----------
    catalogue : Catalogue, optional
        Where records are; the shipped one by default.
    **choices
        Initial values of the traits.
    """

    kind = traitlets.Unicode("experiments", help="Folder of the kind of record.")
    words = traitlets.Unicode("", help="Words that a record must hold, or nearly.")
    category = traitlets.Unicode("", help="Category of the founding text; empty for any.")
    field = traitlets.Unicode("", help="Science field; empty for any.")
    partner = traitlets.Unicode("", help="Partner that leads, owns or operates; empty for any.")
    place = traitlets.Unicode("", help="Where it can be done, or where it lies; empty for any.")
    phase = traitlets.Unicode("", help="Phase of the plan; empty for any.")
    record = traitlets.Unicode("", help="Id of the record that is looked at; empty for the first that fits.")

    def __init__(self, catalogue: Catalogue | None = None, **choices: Any) -> None:
        self.catalogue = catalogue or load_catalogue()
        super().__init__()
        for name in ("kind", *(name for name in choices if name != "kind")):  # the others depend on the kind
            if name in choices:
                setattr(self, name, choices[name])

    def __repr__(self) -> str:
        return f"<CatalogueModel {len(self.matches())} of {len(self.catalogue.shelf(self.kind))} {self.kind}>"

    @traitlets.validate("kind")
    def _known_kind(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in KINDS:
            raise UnknownNameError("kind of record", str(proposal["value"])[:40], list(KINDS))
        return str(proposal["value"])

    @traitlets.observe("kind")
    def _begin_anew(self, _change: object) -> None:
        """Of another kind, no record is chosen, and what it does not know is taken from the filters."""
        self.record = ""
        for name in FILTERS:
            if getattr(self, name) not in choices_of(self.catalogue, self.kind, name):
                setattr(self, name, "")

    @traitlets.validate("words")
    def _short_words(self, proposal: dict[str, Any]) -> str:
        return " ".join(str(proposal["value"])[:_LONGEST_WORDS].split())

    @traitlets.validate(*FILTERS)
    def _known_choice(self, proposal: dict[str, Any]) -> str:
        name, value = str(proposal["trait"].name), str(proposal["value"])
        known = choices_of(self.catalogue, self.kind, name)
        if value and value not in known:
            raise UnknownNameError(name, value[:40], list(known))
        return value

    @traitlets.validate("record")
    def _known_record(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        return self.catalogue.shelf(self.kind)[name[:80]].id if name else ""

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def conditions(self) -> dict[str, Any]:
        """The filters as conditions for ``catalogue.select``."""
        return conditions_of(self.catalogue, self.kind, self.filters)

    def matches(self) -> list[Record]:
        """The records that fit.

        Returns
        -------
        list of Record
            By id; if there are words, the best first.
        """
        found = self.catalogue.select(self.kind, **self.conditions)
        if not self.words:
            return list(found.values())
        hits = self.catalogue.search(self.words, limit=10_000)
        return [hit.record for hit in hits if hit.kind == SINGULAR[self.kind] and hit.record.id in found]

    @property
    def shown(self) -> Record | None:
        """The record that is looked at: the chosen one if it fits, else the first that does."""
        found = {one.id: one for one in self.matches()}
        return found.get(self.record) or next(iter(found.values()), None)

    def pick(self, name: str) -> bool:
        """Go to a site, as one who clicked it on the map; filters that hide it are taken away.

        Parameters
        ----------
        name : str
            Id of a site; anything else is left alone, for it comes from a page.

        Returns
        -------
        bool
            Whether there is such a site.
        """
        if name not in self.catalogue.sites:
            return False
        self.kind = "sites"
        if name not in {one.id for one in self.matches()}:
            self.words = self.place = ""
        self.record = name
        return True

    def code(self) -> str:
        """The Python lines that find the same records.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        told = "".join(f", {name}={value!r}" for name, value in self.conditions.items()).replace("'", '"')
        lines = ["import ilrs_science as ilrs", "", "catalogue = ilrs.load_catalogue()"]
        lines.append(f'found = catalogue.select("{self.kind}"{told})')
        if self.words:
            lines.append(f"hits = catalogue.search({self.words!r}, limit=100)  # of all kinds, best first")
        if (one := self.shown) is not None:
            lines.append(f'record = catalogue.{self.kind}["{one.id}"]')
        return "\n".join([*lines, f'table = catalogue.to_frame("{self.kind}", basis=True)'])
