"""Where to build it: the same portfolio at many places, on the ground, in orbit, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from ilrs_science.campaign import Campaign
from ilrs_science.catalogue import campaign as records
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.errors import IlrsError, RequestError
from ilrs_science.studies.ensemble.crew import crew_of
from ilrs_science.studies.ensemble.flow import Task, flow
from ilrs_science.studies.siting.appraise import Appraisal, Sizing, Standard, appraise
from ilrs_science.studies.siting.candidate import ARCHITECTURES, Architecture, Candidate, candidates_of
from ilrs_science.studies.siting.result import Siting

__all__ = ["siting"]

#: Name of the first circumstance.
BASE = "base"


def siting(
    portfolio: Campaign | records.Campaign | str,
    places: Iterable[str],
    *,
    architectures: Sequence[Architecture] = ARCHITECTURES,
    station: str | None = None,
    orbiter: str | None = None,
    circumstances: Mapping[str, Mapping[str, Any]] | None = None,
    battery: Sizing = "as_needed",
    time_limit: str = "5 s",
    seed: int = 0,
    catalogue: Catalogue | None = None,
    terrain: str = "auto",
    cluster: Any = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Siting:
    """Compare places for the station by what the same portfolio gives there, planned to the same standard.

    Parameters
    ----------
    portfolio : Campaign, or id of one
        Experiments, span, relays and ground stations. Its own stations, locks, closures and shares do not count.
    places : iterable of str
        Ids of sites and orbits; ``SITE+ORBIT`` is one of each.
    architectures : sequence of str
        Of ``"surface"``, ``"orbit"`` and ``"both"``; the last pairs each site with each orbit.
    station, orbiter : str, optional
        Stations whose hardware is built everywhere: on the ground that of the campaign by default; in orbit the same
        without robots, mast and boxes.
    circumstances : mapping of str to mapping, optional
        Further ones by name, each with some of ``start``, ``end`` and ``terrain``, to see how sure a ranking is.
    battery : "as_needed" or "as_recorded"
        Whether a station gets the battery that its own load asks for at its place, with a margin; its mass counts.
    time_limit : str
        Deterministic time of each plan.
    seed : int
        Of each plan.
    catalogue : Catalogue, optional
        Where ids are looked up; the shipped one by default.
    terrain : str
        As `ilrs_science.environment.assemble.environment` takes it.
    cluster, workers : str or distributed.Client, int, optional
        As `ilrs_science.studies.ensemble.ensemble.ensemble` takes them; 0 workers do all in this process.
    progress : callable, optional
        Called as ``progress(done, total)``.
    cancel : callable, optional
        Asked all the time; true ends it.

    Returns
    -------
    Siting
        The same whoever computes it.

    Raises
    ------
    RequestError
        If nothing is to be compared, or it was cancelled.
    UnknownNameError
        If an id is not in the catalogue.
    IlrsError
        If a candidate cannot be appraised; it is named.
    """
    known = catalogue or (portfolio.catalogue if isinstance(portfolio, Campaign) else load_catalogue())
    record = _record(portfolio, known)
    hardware = station or record.station
    candidates = candidates_of(places, architectures, known, hardware, orbiter)
    standards = _standards(Standard(record, terrain, battery, time_limit, seed), circumstances or {})
    asked = [(name, one, each) for name, each in standards.items() for one in candidates]
    stop = cancel or (lambda: False)
    found: dict[int, Appraisal] = {}
    for number, answer in _answers(known, asked, cluster, workers, stop):
        if isinstance(answer, str):
            raise IlrsError(f"{asked[number][1].id}: {answer}")
        found[number] = answer
        if progress is not None:
            progress(len(found), len(asked))
    if len(found) < len(asked):
        raise RequestError(f"cancelled; {len(found)} of {len(asked)} appraisals were done")
    every = {name: tuple(found[k] for k, one in enumerate(asked) if one[0] == name) for name in standards}
    return Siting(standards[BASE], every)


def _record(portfolio: Campaign | records.Campaign | str, catalogue: Catalogue) -> records.Campaign:
    if isinstance(portfolio, Campaign):
        return portfolio.record
    return catalogue.campaigns[portfolio] if isinstance(portfolio, str) else portfolio


def _standards(base: Standard, circumstances: Mapping[str, Mapping[str, Any]]) -> dict[str, Standard]:
    """The standard under each circumstance."""
    found = {BASE: base}
    for name, changes in circumstances.items():
        if name == BASE or (wrong := sorted(changes.keys() - {"start", "end", "terrain"})):
            raise RequestError(
                f"circumstance {name!r}: {'is the name of the first' if name == BASE else f'no {wrong[0]!r}'}; "
                "start, end and terrain can differ"
            )
        span = {key: value for key, value in changes.items() if key != "terrain"}
        terrain = changes.get("terrain", base.terrain)
        found[name] = Standard(
            base.portfolio.replace(**span), terrain, base.battery, base.time_limit, base.seed
        )
    return found


def _answers(
    catalogue: Catalogue,
    asked: list[tuple[str, Candidate, Standard]],
    cluster: Any,
    workers: int | None,
    stop: Callable[[], bool],
) -> Iterator[tuple[int, Appraisal | str]]:
    """(number, appraisal or why there is none), as they come."""
    if workers == 0 and cluster is None:
        for number, (_, candidate, standard) in enumerate(asked):
            if stop():
                return
            yield number, appraise(catalogue, standard, candidate)
        return
    with crew_of(cluster, workers) as crew:
        run = uuid4().hex
        shared = crew.client.submit(_itself, catalogue, key=f"catalogue-{run}")
        tasks = (
            Task(number, f"{run}-{number}", _told, shared, (standard, candidate))
            for number, (_, candidate, standard) in enumerate(asked)
        )
        for task, answer in flow(crew, tasks, stop):
            yield task.number, answer.get("failure") or answer["appraisal"]


def _itself(catalogue: Catalogue) -> Catalogue:
    """What a worker keeps for all of its candidates."""
    return catalogue


def _told(catalogue: Catalogue, standard: Standard, candidate: Candidate) -> dict[str, Any]:
    """An appraisal, or why there is none, as a worker gives it."""
    try:
        return {"appraisal": appraise(catalogue, standard, candidate)}
    except IlrsError as error:
        return {"failure": str(error)}
