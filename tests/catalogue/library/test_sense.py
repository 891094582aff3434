"""Contradictions between records are told by the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.library import catalogue_faults, load_catalogue
from ilrs_science.errors import RequestError

BASIS = "basis: {default: estimate}"
PANORAMA = """\
experiments:
- id: look_around
  category: basic_experiment
  field: topography_geology
  session: 1 h
  instruments: [panoramic_camera]
  basis: {default: estimate}
"""


def faults(folder: Path, text: str) -> list[str]:
    (folder / "mine.yaml").write_text(text, "utf-8")
    return [str(fault) for fault in catalogue_faults(folder)]


def test_data_that_nobody_counts_are_a_fault(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, PANORAMA)
    assert told == (
        "mine.yaml:6: look_around.instruments.0: data of panoramic_camera is per product (1800 Mbit a panorama): "
        "state data, or every of its products (allowed: such as data: 100 Mbit)"
    )
    assert faults(tmp_path, PANORAMA.replace("  basis", "  data: 3600 Mbit\n  basis")) == []


def test_in_python_such_data_are_refused_where_they_are_counted() -> None:
    one = Experiment(
        id="x", category="basic_experiment", field="isru", session="1 h", instruments=["panoramic_camera"]
    )
    with pytest.raises(RequestError, match=r"experiment x: data of panoramic_camera is per product"):
        one.data_of(load_catalogue().instruments)
    assert one.replace(data="5 Mbit").data_of(load_catalogue().instruments) == 5.0


def test_an_experiment_without_instruments_states_power_and_data() -> None:
    work = {"id": "x", "category": "basic_experiment", "field": "isru", "session": "1 h"}
    with pytest.raises(RequestError, match="write power, such as 0 W and data, such as 0 Mbit"):
        Experiment(**work)
    with pytest.raises(RequestError, match=r"write data, such as 0 Mbit$"):
        Experiment(**work, energy="5 Wh")
    assert Experiment(**work, power="0 W", data="0 Mbit").data == 0.0


@pytest.mark.parametrize(
    ("location", "site", "says"),
    [
        ("far_side", "sinus_iridum", "sinus_iridum is on the near side, at latitude"),
        ("near_side", "daedalus", "daedalus is on the far side"),
        ("polar", "daedalus", "not polar"),
    ],
)
def test_a_site_fits_the_location(tmp_path: Path, location: str, site: str, says: str) -> None:
    text = PANORAMA.replace("  basis", f"  data: 1 Mbit\n  location: {location}\n  sites: [{site}]\n  basis")
    (told,) = faults(tmp_path, text)
    assert "look_around.sites.0: " in told
    assert says in told
    assert faults(tmp_path, text.replace("  basis", "  also_at: [any_surface]\n  basis")) == []


def test_no_two_missions_share_a_designator(tmp_path: Path) -> None:
    text = "missions:\n- {id: copy, programme: luna, status: flown, launch: 2024-05-03, operators: [china], "
    (told,) = faults(tmp_path, f"{text}designator: 2024-083A, {BASIS}}}\n")
    assert "copy.designator: 2024-083A is the designator of change_6 too" in told


@pytest.mark.parametrize(
    ("name", "says"), [("earth", "earth is the name of a body"), ("queqiao2", "the orbit at orbits/")]
)
def test_a_place_takes_no_name_that_conditions_know(tmp_path: Path, name: str, says: str) -> None:
    (told,) = faults(tmp_path, f"sites:\n- {{id: {name}, latitude: 1 deg, longitude: 1 deg, {BASIS}}}\n")
    assert told.startswith("mine.yaml:2: ")
    assert says in told


def test_a_duplicate_of_a_faulty_record_is_told(tmp_path: Path) -> None:
    one = f"- {{id: hill, latitude: 1 deg, longitude: 1 W, {BASIS}}}\n"
    told = faults(tmp_path, f"sites:\n{one}{one}")
    assert [("already the id" in line) for line in told].count(True) == 1
    assert len(told) == 3
