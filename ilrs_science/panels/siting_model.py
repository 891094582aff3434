"""The work behind the siting dashboard: one candidate after the other on a thread; no widgets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import traitlets

from ilrs_science.errors import IlrsError
from ilrs_science.panels.siting_choices import SitingChoices
from ilrs_science.panels.worker import LatestOnly
from ilrs_science.studies.siting.result import Siting
from ilrs_science.studies.siting.siting import siting

__all__ = ["SitingModel"]

_NOTHING = "Nothing is compared yet."


class SitingModel(SitingChoices):
    """Choices, state and work of the siting dashboard; see `SitingChoices`."""

    stage = traitlets.Unicode("idle", help="idle or comparing.")
    progress = traitlets.Float(0.0, help="Share of the candidates that are done. [1]")
    said = traitlets.Unicode(_NOTHING, help="Where the work stands, in a sentence.")
    wrong = traitlets.Unicode("", help="What went wrong, in a sentence.")
    found = traitlets.Any(None, help="Siting of the candidates that are done, or None.")
    lines = traitlets.Unicode("", help="The lines of Python that give what was found; empty before.")

    def __init__(self, *given: Any, **choices: Any) -> None:
        self._stop = threading.Event()
        self.worker = LatestOnly(on_error=self._failed)
        super().__init__(*given, **choices)

    def __repr__(self) -> str:
        return f"<SitingModel {self.campaign}, {len(self.places)} candidates, {self.stage}>"

    def compare(self) -> None:
        """Appraise every candidate, on a thread; what is chosen now counts."""
        self._stop.set()
        stop = self._stop = threading.Event()
        record, places = self.loaded.record, self.places
        lines = f"{self.campaign_line()}\n{self.call()}"
        limit = f"{self.seconds:g} s"
        self.worker.submit(lambda: self._compare(record, places, limit, lines, stop.is_set))

    def cancel(self) -> None:
        """Stop after the candidate that is being appraised; those that are done stay."""
        self._stop.set()
        if self.stage != "idle":
            self.said = "Stopping after the present candidate …"

    def _compare(
        self, record: Any, places: list[str], limit: str, lines: str, stop: Callable[[], bool]
    ) -> None:
        done: list[Any] = []
        with self.hold_trait_notifications():
            self.stage, self.progress, self.wrong, self.found, self.lines = "comparing", 0.0, "", None, ""
        for name in places:
            if stop():
                break
            self.said = f"Candidate {len(done) + 1} of {len(places)}: {name} …"
            one = self._appraised(record, name, limit)
            done.extend(one.base)
            with self.hold_trait_notifications():
                self.found, self.lines = Siting(one.standard, {"base": tuple(done)}), lines
                self.progress = len(done) / len(places)
        with self.hold_trait_notifications():
            self.stage, self.said = "idle", self._verdict(len(places))

    def _appraised(self, record: Any, name: str, limit: str) -> Siting:
        """One candidate; what a whole trade gives of it is the same."""
        try:
            return siting(record, [name], time_limit=limit, catalogue=self.catalogue, workers=0)
        except IlrsError as error:
            raise IlrsError(f"{name}: {error}") from error

    def _verdict(self, asked: int) -> str:
        if self.found is None:
            return _NOTHING
        base = self.found.base
        best = max(base, key=lambda one: one.measures["value"])
        stopped = f" Stopped: {len(base)} of {asked} candidates are done." if len(base) < asked else ""
        proved = sum(one.status == "OPTIMAL" for one in base)
        sure = "Every plan is" if proved == len(base) else f"{proved} of {len(base)} plans are"
        return f"Most science value: {best.measures['value']:g} at {best.candidate}. {sure} proved to be best.{stopped}"

    def _failed(self, sentence: str) -> None:
        with self.hold_trait_notifications():
            self.stage, self.wrong, self.said = "idle", sentence, self._verdict(len(self.places))

    def code(self) -> str:
        """The Python lines that give what is shown.

        Returns
        -------
        str
            To be pasted into a notebook.
        """
        compared = self.lines or f"{self.campaign_line()}\n{self.call()}"
        weights = json.dumps(self.weighed or {"value": 1.0})
        return "\n".join(
            (
                "import ilrs_science as ilrs",
                "from ilrs_science import figures",
                "",
                compared,
                f'figures.siting_front(found, "{self.across}", "{self.up}")',
                "figures.siting_profile(found)",
                "figures.siting_experiments(found)",
                "figures.siting_map(found, campaign.catalogue)",
                f"weights = {weights}",
                "found.ranking(weights)",
                f"found.robust(weights, spread={self.spread:g})",
            )
        )
