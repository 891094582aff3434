"""Names in the conditions of a record lead to a body, target, orbit, site or ground station."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.catalogue.library import catalogue_faults

DRILL = """\
- id: drill
  category: basic_experiment
  field: isru
  session: 1 h
  conditions:
    kind: all_of
    of:
      - {kind: day}
      - CONDITION
  power: 5 W
  data: 0 Mbit
  basis: {default: estimate}
"""


def faults(folder: Path, condition: str) -> list[str]:
    """Faults of an experiment with a condition, the shipped records at hand."""
    (folder / "experiments").mkdir()
    (folder / "experiments" / "mine.yaml").write_text(DRILL.replace("CONDITION", condition), "utf-8")
    return [str(fault) for fault in catalogue_faults(folder)]


@pytest.mark.parametrize(
    "condition",
    [
        "{kind: pass_over, orbiter: queqiao2, min: 10 deg}",
        "{kind: pass_over, site: malapert}",
        "{kind: occultation, target: galactic_centre}",
        "{kind: occultation, target: {ra: 1 deg, dec: 2 deg}}",
        "{kind: range_to, body: queqiao2, max: 9000 km}",
        "{kind: range_to, body: mars, min: 9000 km}",
        "{kind: separation, bodies: [sun, llo_100], min: 3 deg}",
        "{kind: radio_quiet, emitters: [queqiao2, malapert]}",
        "{kind: not, of: {kind: target_elevation, target: jupiter, min: 3 deg}}",
    ],
)
def test_names_that_lead_somewhere_are_no_fault(tmp_path: Path, condition: str) -> None:
    assert faults(tmp_path, condition) == []


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (
            "{kind: pass_over, orbiter: queqiao3}",
            "conditions.of.1.orbiter: unknown orbit 'queqiao3'; did you mean queqiao2",
        ),
        ("{kind: pass_over, orbiter: malapert}", "conditions.of.1.orbiter: unknown orbit 'malapert'"),
        ("{kind: pass_over, site: malaprt}", "conditions.of.1.site: unknown site 'malaprt'; did you mean malapert"),
        (
            "{kind: occultation, target: galactic_center}",
            "conditions.of.1.target: unknown body, target, orbit, site or ground station 'galactic_center'",
        ),
        ("{kind: phase_angle, body: marsh, max: 9 deg}", "conditions.of.1.body: unknown body 'marsh'"),
        (
            "{kind: range_to, body: crab, max: 9 km}",
            "conditions.of.1.body: unknown body, orbit, site or ground station 'crab'",
        ),
        (
            "{kind: not, of: {kind: radio_quiet, emitters: [malapert, queqiao]}}",
            "conditions.of.1.of.emitters.1: unknown orbit, site or ground station 'queqiao'; did you mean queqiao2",
        ),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_told_with_its_line(tmp_path: Path, condition: str, says: str) -> None:
    (found,) = faults(tmp_path, condition)
    assert found.startswith(f"experiments/mine.yaml:9: drill.{says}")


def test_a_faulty_record_is_still_asked_for_its_names(tmp_path: Path) -> None:
    found = faults(tmp_path, "{kind: pass_over, orbiter: queqiao3, min: 10}")
    assert [("unknown orbit" in one, "no unit" in one) for one in found] == [
        (False, True),
        (True, False),
    ] or [("unknown orbit" in one, "no unit" in one) for one in found] == [(True, False), (False, True)]


def test_a_faulty_record_is_not_held_against_those_who_name_it(tmp_path: Path) -> None:
    (tmp_path / "orbits").mkdir()
    (tmp_path / "orbits" / "mine.yaml").write_text("- {id: relay, perilune_height: 3}\n", "utf-8")
    found = faults(tmp_path, "{kind: pass_over, orbiter: relay}")
    assert found != []
    assert not any("unknown orbit" in one for one in found)


def test_the_catalogue_checks_instruments_too(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    text = (
        "- {id: dish, kind: camera, mass: 2 kg, power: {operate: 6 W}, data_rate: 1 Mbit/s, "
        "conditions: {kind: occultation, target: nibiru}, basis: {default: estimate}}\n"
    )
    (tmp_path / "instruments" / "mine.yaml").write_text(text, "utf-8")
    (found,) = [str(fault) for fault in catalogue_faults(tmp_path)]
    assert "dish.conditions.target: unknown body, target, orbit, site or ground station 'nibiru'" in found
