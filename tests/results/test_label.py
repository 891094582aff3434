"""Names of activities in words."""

from __future__ import annotations

from ilrs_science.results.label import label_of, sessions_of
from tests.results.stations import BASE, DOSE, LASER, two_stations


def test_a_label_tells_experiment_and_way() -> None:
    campaign = two_stations()
    laser, base = campaign.catalogue.experiments[LASER].name, campaign.catalogue.stations[BASE].label
    arm = next(iter(campaign.catalogue.instruments.values()))
    for name, words in (
        (f"{LASER}.1", laser),
        (f"{LASER}.1/{BASE}", f"{laser} (at {base})"),
        (
            f"{LASER}.12/{BASE}~{arm.id}@6h#2+set_up",
            f"{laser} (at {base}, with {arm.label}, 6h, part 2, set up)",
        ),
        (f"{DOSE}.1/nowhere", f"{campaign.catalogue.experiments[DOSE].name} (at nowhere)"),
        (f"relay/{BASE}.1", "Base sends, turn 1"),
        ("unknown", "unknown"),
    ):
        assert label_of(campaign, name) == words


def test_ways_pieces_and_preparations_are_one_session() -> None:
    known = {"drill", "listen"}
    names = ["drill.1/base", "drill.1/orbiter", "drill.2~arm", "listen.1#2", "drill.2+set_up", "relay/base.3"]
    assert sessions_of(names, known) == {"drill.1", "drill.2", "listen.1"}
