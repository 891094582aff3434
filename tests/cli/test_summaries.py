"""One line for each record: of every kind, and never empty."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.partner import Partner
from ilrs_science.catalogue.record import Record
from ilrs_science.cli.summaries import readable, summary, summary_of

CATALOGUE = load_catalogue()


def test_every_shipped_record_has_one_line() -> None:
    for _, record in CATALOGUE.records():
        assert summary(record)
        assert "\n" not in summary(record)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("site/von_karman", "-45.4446 deg, 177.599 deg E, far side"),
        ("orbit/queqiao2", "200 x 16000 km, 62.4 deg, 24.32 h"),
        ("partner/venezuela", "state, member, 2023-07"),
        ("partner/bolivia", "state, member, by 2025-04"),
        ("mission/luna_27", "planned, 2029 to 2030, russia, as of 2025-08"),
        ("mission/ilrs_1", "planned, 2031, china, russia, as of 2021"),
        ("phase/utilization", "from 2036, roadmap_2021"),
        ("station/ilrs_orbital_station", "ilrs_llo_staging, 12000 W, 40000 Wh"),
        ("asset/power_reactor", "ilrs_surface_base, from construction_2, long_term_support"),
        ("comparison/relay_orbits", "5 places: queqiao1, queqiao2, elfo_12h, elfo_24h, eml2"),
        ("compliance_item/heritage_nasa", "recommendation, check heritage"),
        ("compliance_item/ost_iv", "treaty, a person decides"),
        ("facility/science", "holds the instruments and laboratories, on the ground and in orbit"),
    ],
)  # fmt: skip
def test_a_line_tells_what_matters(name: str, line: str) -> None:
    ((_, record),) = CATALOGUE.find(name)
    assert summary(record).replace("~", "").replace("?", "") == line


def test_numbers_of_an_instrument_are_marked_one_by_one() -> None:
    basis = {"mass": "sourced S1", "power": "recall M", "data_rate": "estimate"}
    camera = Instrument(
        id="c", kind="camera", mass="2 kg", power={"operate": "6 W"}, data_rate="0.3 kbit/s", basis=basis
    )
    assert summary_of(camera) == ("6 W?, ~0.3 kbit/s, 2 kg", "estimate L")
    fast = camera.replace(data_rate="20 Mbit/s")
    assert summary(fast) == "6 W?, ~20 Mbit/s, 2 kg"


def test_a_rate_that_follows_from_products_has_their_basis() -> None:
    image = {"id": "image", "volume": "60 Mbit", "every": "1 min"}
    basis = {"default": "sourced S1", "products": "estimate"}
    camera = Instrument(
        id="c", kind="camera", mass="2 kg", power={"operate": "6 W"}, products=[image], basis=basis
    )
    assert summary(camera) == "6 W, ~1 Mbit/s, 2 kg"


def test_membership_and_dates_in_doubt_are_marked() -> None:
    joined = Partner(
        id="x", kind="state", joined="2024-05", basis={"default": "sourced S1", "joined": "recall"}
    )
    assert summary_of(joined) == ("state, member, 2024-05?", "recall M")
    unsure = Partner(id="x", kind="state", basis={"default": "recall L"})
    assert summary_of(unsure) == ("state, member?, date unknown", "recall L")
    flight = {"id": "m", "programme": "ilrs", "status": "planned", "operators": ["china"], "as_of": "2021"}
    planned = Mission(**flight, launch="2033", basis={"default": "sourced S1", "launch": "recall L"})
    assert summary(planned) == "planned, 2033?, china, as of 2021"
    assert (
        summary(Mission(**flight, basis={"default": "sourced S1"})) == "planned, no date, china, as of 2021"
    )


def test_a_kind_that_is_not_known_has_no_line() -> None:
    assert summary(Record(id="x")) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [("7200 s", "2 h"), ("90 s", "1.5 min"), ("59 s", "59 s"), ("3 km", "3 km"), ("x", "x")],
)
def test_long_durations_are_told_in_hours(text: str, words: str) -> None:
    assert readable(text) == words
