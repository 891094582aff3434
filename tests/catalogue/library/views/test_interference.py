from __future__ import annotations

import pytest

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Disturbance, Instrument
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.viewed import interference
from ilrs_science.catalogue.library.views.interference import Interference, interferences
from ilrs_science.errors import UnknownNameError

BASE = Instrument(id="base", kind="thing", mass="6 kg", power={"operate": "9 W"}, data_rate="1 kbit/s")
WORK = {"category": "basic_experiment", "field": "isru", "session": "1 h", "power": "5 W", "data": "1 Mbit"}
DRILL = BASE.replace(id="drill", emits=["vibration", "dust"])
SEISMOMETER = BASE.replace(id="seismometer", sensitive_to=["vibration"])
TELESCOPE = BASE.replace(id="telescope", sensitive_to=["dust"])
TRANSMITTER = BASE.replace(id="transmitter", emits=["radio"])
RECEIVER = BASE.replace(id="receiver", sensitive_to=["radio"])
GENERATOR = BASE.replace(id="generator", emits=["neutrons"])
DOSIMETER = BASE.replace(id="dosimeter", sensitive_to=["neutrons"])
SHELF = {one.id: one for one in (DRILL, SEISMOMETER, TELESCOPE, TRANSMITTER, RECEIVER, GENERATOR, DOSIMETER)}


def with_(*names: str, **more: object) -> Experiment:
    return Experiment(id=f"with_{'_'.join(names)}", instruments=names, **WORK, **more)


def found(*experiments: Experiment) -> list[Interference]:
    return list(interferences(experiments, SHELF))


@pytest.mark.parametrize(
    ("source", "victim", "disturbance", "words"),
    [
        ("transmitter", "receiver", "radio", "radio emission spoils radio-quiet listening"),
        ("drill", "seismometer", "vibration", "seismometers"),
        ("drill", "telescope", "dust", "dust settles on optics"),
        ("generator", "dosimeter", "neutrons", "counted as dose"),
    ],
)
def test_the_four_pairs_of_the_field(source: str, victim: str, disturbance: str, words: str) -> None:
    (one,) = found(with_(source), with_(victim))
    assert (one.source, one.victim, one.disturbance) == (f"with_{source}", f"with_{victim}", disturbance)
    assert (one.emitters, one.receivers) == ((source,), (victim,))
    assert words in one.reason
    assert one.reach


def test_what_drives_or_lands_disturbs_without_an_instrument() -> None:
    (one,) = found(with_(emits=["vibration", "dust"]), with_("seismometer"))
    assert (one.source, one.emitters, one.receivers) == ("with_", ("with_",), ("seismometer",))


def test_the_order_of_experiments_does_not_matter() -> None:
    assert found(with_("drill"), with_("seismometer")) == found(with_("seismometer"), with_("drill"))


def test_those_who_only_listen_or_only_speak_do_not_interfere() -> None:
    assert found(with_("seismometer"), with_("receiver"), with_("dosimeter")) == []
    assert found(with_("drill"), with_("transmitter"), with_("generator")) == []
    assert found(with_("drill"), with_("receiver")) == []


def test_an_experiment_does_not_disturb_itself() -> None:
    assert found(with_("drill", "seismometer")) == []


def test_shaking_stays_on_the_ground_and_radio_does_not() -> None:
    orbit = {"location": "orbit"}
    assert found(with_("drill", **orbit), with_("seismometer")) == []
    assert found(with_("transmitter", **orbit), with_("receiver", location="far_side"))
    assert found(with_("drill", **orbit), with_("telescope", **orbit))


def test_what_can_be_done_in_both_places_meets_both() -> None:
    both = with_("drill", location="orbit", also_at=["polar"])
    assert found(both, with_("seismometer"))
    assert found(both, with_("seismometer", location="orbit"))


@pytest.mark.parametrize("kind", list(Disturbance))
def test_every_disturbance_has_a_reason(kind: Disturbance) -> None:
    shelf = {"a": BASE.replace(id="a", emits=[kind]), "b": BASE.replace(id="b", sensitive_to=[kind])}
    (one,) = interferences([with_("a"), with_("b")], shelf)
    assert one.reason != f"{kind} spoils the data"


def test_the_table_of_the_catalogue_has_the_pairs_of_the_polar_winter() -> None:
    catalogue = load_catalogue()
    frame = interference(catalogue, catalogue.campaigns["polar_winter"].experiments)
    assert list(frame.columns) == [
        "source", "victim", "disturbance", "emitters", "receivers", "reason", "reach",
    ]  # fmt: skip
    pairs = set(zip(frame["source"], frame["victim"], frame["disturbance"], strict=True))
    assert ("subsurface_radar_profile", "solar_radio_bursts", "radio") in pairs
    assert ("regolith_sintering", "near_uv_variable_stars", "dust") in pairs
    assert len(interference(catalogue)) >= len(frame)


def test_no_experiments_are_an_empty_table() -> None:
    assert len(interference(load_catalogue(), [])) == 0
    with pytest.raises(UnknownNameError):
        interference(load_catalogue(), ["alchemy"])
