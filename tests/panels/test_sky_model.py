"""The sky model: choices are bounded, consistent, and say what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

import ilrs_science as ilrs
from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.sky_model import LONGEST_DAYS, MOST_SHOWN, SHORTEST_DAYS, SkyModel


def test_the_first_choices_show_the_eclipse_of_march_2026_from_the_ridge() -> None:
    chosen = SkyModel().choices
    assert (chosen.place, chosen.site, chosen.orbit) == ("connecting_ridge", "connecting_ridge", "queqiao2")
    assert chosen.shown == ("sun", "earth", "queqiao2")
    assert not chosen.aloft
    # greatest eclipse 2026-03-03 11:33:37 UT: NASA catalogue of lunar eclipses, F. Espenak
    assert abs(chosen.moment - np.datetime64("2026-03-03T11:33:37")) < np.timedelta64(10, "m")


@pytest.mark.parametrize(
    ("given", "kept"),
    [(28, 28.0), (0.25, 0.25), (0, SHORTEST_DAYS), (-5, SHORTEST_DAYS), (1e9, LONGEST_DAYS),
     (float("nan"), SHORTEST_DAYS), (float("inf"), SHORTEST_DAYS)],
)  # fmt: skip
def test_the_length_is_brought_into_its_range(given: float, kept: float) -> None:
    assert SkyModel(days=float(given)).days == kept


@pytest.mark.parametrize("hour", [-1.0, 0.0, 1e9, float("nan"), float("-inf"), 671.9999])
def test_the_marked_instant_is_always_within_the_span(hour: float) -> None:
    chosen = SkyModel(hour=hour).choices
    assert chosen.start <= chosen.moment < chosen.end


def test_a_shorter_span_pulls_the_instant_in() -> None:
    model = SkyModel(hour=600.0)
    model.days = 1.0
    assert model.choices.moment == np.datetime64("2026-02-24T23:59:59")


def test_hours_are_kept_to_the_second() -> None:
    chosen = SkyModel(days=1 / 24, hour=0.25).choices
    assert chosen.end - chosen.start == np.timedelta64(3600, "s")
    assert chosen.moment - chosen.start == np.timedelta64(900, "s")


@pytest.mark.parametrize("text", ["", "24.2.2026", "2026-02-30", "x" * 500, "2026-02-24T00:00"])
def test_what_is_no_date_is_refused_with_the_form_of_one(text: str) -> None:
    with pytest.raises(EpochError, match="write it as 2026-02-24") as refusal:
        SkyModel(start=text)
    assert len(str(refusal.value)) < 80


@pytest.mark.parametrize("trait", ["place", "other"])
def test_an_unknown_place_is_refused_with_the_nearest(trait: str) -> None:
    with pytest.raises(UnknownNameError, match="connecting_ridge"):
        SkyModel(**{trait: "conecting_ridge"})


def test_an_unknown_object_is_refused_and_the_old_ones_stay() -> None:
    model = SkyModel()
    with pytest.raises(UnknownNameError):
        model.shown = ("sun", "<script>")
    assert model.shown == ("sun", "earth", "queqiao2")


def test_so_many_objects_and_no_more() -> None:
    model = SkyModel()
    names = list(model.names)
    model.shown = tuple(names[:MOST_SHOWN])
    with pytest.raises(RequestError, match=f"at most {MOST_SHOWN}"):
        model.shown = tuple(names[: MOST_SHOWN + 1])


def test_what_is_named_twice_is_shown_once_and_the_place_is_not_in_its_own_sky() -> None:
    model = SkyModel(place="queqiao2", shown=("sun", "sun", "queqiao2"))
    assert model.shown == ("sun", "queqiao2")
    assert model.choices.shown == ("sun",)


def test_the_other_end_of_a_pass_fits_the_place() -> None:
    model = SkyModel()
    assert model.others == list(model.catalogue.orbits)
    model.place = "llo_100"
    assert model.others == list(model.catalogue.sites)
    chosen = model.choices
    assert (chosen.orbit, chosen.site, chosen.aloft) == ("llo_100", "connecting_ridge", True)
    model.other = "malapert"
    assert model.choices.site == "malapert"
    model.place = "ce3_site"
    assert model.choices.orbit == "queqiao2"


def test_what_lasts_does_not_depend_on_the_instant_nor_on_what_is_drawn() -> None:
    one, other = SkyModel(hour=3.0), SkyModel(hour=4.0, shown=("vega",))
    assert one.choices.lasting == other.choices.lasting
    assert one.choices.lasting != SkyModel(days=27.0).choices.lasting


@pytest.mark.parametrize("trait", ["place", "other"])
def test_a_halo_orbit_far_from_its_epoch_is_refused_with_the_dates_that_do(trait: str) -> None:
    model = SkyModel(start="2031-02-24", **{trait: "nrho_9_2"})
    with pytest.raises(RequestError, match="from 2025-12-02 to 2026-06-15"):
        _ = model.choices
    model.start = "2026-03-01"
    assert model.choices.orbit == "nrho_9_2"


def test_the_lines_of_code_follow_the_choices() -> None:
    lines = SkyModel(place="nrho_9_2", days=0.5, shown=("sun", "vega")).code()
    assert 'place = "nrho_9_2"' in lines
    assert 'span = "2026-02-24", "2026-02-24T12:00:00"' in lines
    assert '["sun", "vega"]' in lines
    assert "Occultation" in lines
    assert 'PassOver(site="connecting_ridge")' in lines


@pytest.mark.parametrize("place", ["connecting_ridge", "queqiao2"])
def test_the_lines_of_code_run_and_give_what_they_say(place: str) -> None:
    names: dict[str, object] = {}
    exec(SkyModel(place=place, days=2.0).code(), names)
    assert set(names["sky"].data_vars) == {"azimuth", "elevation", "range"}
    for name in ("sunlight", "earth", "eclipses", "passes"):
        assert isinstance(names[name], ilrs.Windows)
    assert len(names["passes"]) == 2


def test_repr_is_one_honest_line() -> None:
    assert repr(SkyModel(days=0.5)) == "<SkyModel connecting_ridge, 0.5 d from 2026-02-24, 3 shown>"
