"""The siting model: candidates one after the other, stopped, failing; nothing is planned here but in one test."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import ilrs_science as ilrs
from ilrs_science.errors import RequestError
from ilrs_science.panels import siting_model
from ilrs_science.panels.siting_model import SitingModel
from tests.studies.siting.sited import trade


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Known answers in place of plans; what was asked."""
    asked: list[str] = []

    def known(_record: Any, places: list[str], **_how: Any) -> Any:
        asked.extend(places)
        return trade(*places)

    known_names = [
        "connecting_ridge",
        "von_karman_plain",
        "ilrs_llo_staging",
        "connecting_ridge+ilrs_llo_staging",
    ]

    def checked(record: Any, places: list[str], **how: Any) -> Any:
        if places[0] not in known_names:
            raise RequestError("its hardware cannot be built there")
        return known(record, places, **how)

    monkeypatch.setattr(siting_model, "siting", checked)
    return asked


def test_candidates_come_one_after_the_other(quick: list[str]) -> None:
    model = SitingModel(sites=["connecting_ridge"])
    counts: list[int] = []
    model.observe(lambda change: counts.append(len(change["new"].base) if change["new"] else 0), "found")
    model.compare()
    assert model.worker.wait(30)
    assert counts == [1, 2, 3]
    assert quick == model.places
    assert (model.stage, model.progress) == ("idle", 1.0)
    assert model.said == (
        "Most science value: 50 at connecting_ridge+ilrs_llo_staging. Every plan is proved to be best."
    )


def test_a_stop_keeps_what_is_done(quick: list[str]) -> None:
    model, first = SitingModel(sites=["connecting_ridge"]), threading.Event()
    model.observe(lambda change: change["new"] and (model.cancel(), first.set()), "found")
    model.compare()
    assert first.wait(30)
    assert model.worker.wait(30)
    assert len(model.found.base) == 1
    assert model.said.endswith("Stopped: 1 of 3 candidates are done.")


def test_what_goes_wrong_names_the_candidate_and_keeps_the_others(quick: list[str]) -> None:
    model = SitingModel(sites=["connecting_ridge", "haworth"])
    model.compare()
    assert model.worker.wait(30)
    assert model.wrong == "Haworth: its hardware cannot be built there."
    assert len(model.found.base) == 1


def test_the_lines_give_what_was_found_though_other_places_are_chosen_since(quick: list[str]) -> None:
    model = SitingModel(sites=["connecting_ridge"])
    model.compare()
    assert model.worker.wait(30)
    model.sites = ["haworth"]
    assert "haworth" not in model.code()
    assert 'ilrs.siting(campaign, ["connecting_ridge", "ilrs_llo_staging"], time_limit="1 s")' in model.code()
    compile(model.code(), "lines", "exec")


def test_it_gives_what_the_library_gives() -> None:
    model = SitingModel(sites=["connecting_ridge"], orbits=[])
    model.days = 1.0
    model.compare()
    assert model.worker.wait(240)
    assert model.wrong == ""
    names: dict[str, Any] = {}
    exec(
        "\n".join(
            ["import ilrs_science as ilrs", *model.lines.replace('"1 s")', '"1 s", workers=0)').splitlines()]
        ),
        names,
    )
    assert names["found"].base == model.found.base
    assert isinstance(model.found, ilrs.Siting)


def test_a_new_trade_begins_without_the_old_one(quick: list[str]) -> None:
    model = SitingModel(sites=["connecting_ridge"])
    model.compare()
    assert model.worker.wait(30)
    model.sites, model.orbits = [], ["ilrs_llo_staging"]
    model.compare()
    assert model.worker.wait(30)
    assert [one.candidate for one in model.found.base] == ["ilrs_llo_staging"]
    assert '["ilrs_llo_staging"]' in model.lines


def test_before_the_first_trade_nothing_is_said_to_be_found(quick: list[str]) -> None:
    model = SitingModel()
    assert model.said == "Nothing is compared yet."
    assert model.found is None
    model.cancel()
    assert model.said == "Nothing is compared yet."
    assert repr(model) == "<SitingModel polar_winter, 5 candidates, idle>"


def test_a_trade_that_fails_at_once_finds_nothing(quick: list[str]) -> None:
    model = SitingModel(sites=["haworth"], orbits=[])
    model.compare()
    assert model.worker.wait(30)
    assert model.found is None
    assert model.said == "Nothing is compared yet."
    assert model.wrong
    model.sites = ["connecting_ridge"]
    model.compare()
    assert model.worker.wait(30)
    assert model.wrong == ""
