"""A campaign keeps its stages, and says at once what is wrong with it."""

from __future__ import annotations

import pytest

import ilrs_science as ilrs

ONE = {"experiments": ["surface_radiation"]}
SPAN = {"start": "2031-03-01", "end": "2031-03-05"}


def test_the_shipped_campaign_tells_what_it_is() -> None:
    campaign = ilrs.load_campaign("polar_winter")
    assert repr(campaign) == (
        "<Campaign polar_winter: 9 experiments at connecting_ridge_station, 2031-02-24 to 2031-03-24>"
    )
    assert repr(campaign.windows).startswith("<Windows of 9 experiments: ")


def test_a_campaign_of_ones_own_needs_no_record() -> None:
    campaign = ilrs.Campaign(
        station="connecting_ridge_station", experiments=["surface_radiation"], id="mine", **SPAN
    )
    assert campaign.windows["surface_radiation"].hours == 96.0


def test_a_changed_field_makes_another_campaign() -> None:
    shipped = ilrs.load_campaign("polar_winter")
    shorter = ilrs.Campaign(shipped.record, end="2031-03-01")
    assert shorter.record.days == 5.0
    assert shipped.record.days == 28.0


def test_stages_are_computed_once() -> None:
    campaign = ilrs.Campaign(station="connecting_ridge_station", experiments=["surface_radiation"], **SPAN)
    assert campaign.windows is campaign.windows
    assert campaign.environment is campaign.environment
    assert campaign.problem is campaign.problem


def test_every_step_of_the_preparation_is_told_once() -> None:
    campaign = ilrs.Campaign(station="connecting_ridge_station", experiments=["surface_radiation"], **SPAN)
    told: list[tuple[str, str]] = []
    problem = campaign.prepare(lambda *words: told.append(words))
    assert told == [
        ("windows", "1 of 1, surface_radiation"),
        ("light, power and link", "1 of 1, connecting_ridge_station"),
        ("problem", "sessions and what they share"),
    ]
    assert campaign.prepare(lambda *words: told.append(words)) is problem
    assert campaign.problem is problem
    assert len(told) == 3


def test_a_short_campaign_is_planned_to_proof_and_checked() -> None:
    campaign = ilrs.Campaign(
        station="connecting_ridge_station", experiments=["optical_earth_downlink", "surface_radiation"],
        start="2031-02-24", end="2031-02-27",
    )  # fmt: skip
    result = campaign.plan(time_limit="20 s")
    # Earth stands high enough until 2031-02-26T12 (polar_winter's comment): five links of 30 min fit with 12 h between
    # them; five days of radiation do not fit into three
    assert result.status == "OPTIMAL"
    assert result.checked
    assert {placed.id.split(".")[0] for placed in result.plan.placements} == {"optical_earth_downlink"}
    assert ilrs.check(campaign.problem, result.plan) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"station": "conecting_ridge_station", **ONE, **SPAN}, "did you mean connecting"),
        ({"station": "connecting_ridge_station", "experiments": ["surface_radiaton"], **SPAN}, "mean surface_rad"),
        ({"station": "connecting_ridge_station", "experiments": [], **SPAN}, "experiments"),
        ({"station": "connecting_ridge_station", "experiments": ["surface_radiation"]}, "start"),
        ({"station": "a", "experiments": ["b"], "start": "2031-03-05", "end": "2031-03-01"}, "not after start"),
        ({"station": "a", "experiments": ["b"], "color": "red", **SPAN}, "color"),
    ],
)  # fmt: skip
def test_a_wrong_campaign_is_one_clear_line(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ilrs.RequestError, match=words) as caught:
        ilrs.Campaign(**fields)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_an_unknown_campaign_names_the_nearest() -> None:
    with pytest.raises(ilrs.RequestError, match="did you mean polar_winter"):
        ilrs.load_campaign("polar_wintr")
