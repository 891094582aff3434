"""Names lead somewhere, sources exist, experiments wait in an order, each with the line where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.catalogue.library.entries import Scan
from ilrs_science.catalogue.library.kinds import KINDS, REFERENCES, SINGULAR
from ilrs_science.catalogue.library.references import reference_faults
from ilrs_science.catalogue.library.scan import scan_folder

BASIS = "basis: {default: estimate}"
NEEDS = "power: 5 W\n  data: 0 Mbit\n"
SITE = f"{{id: hill, latitude: -89 deg, longitude: 10 deg, {BASIS}}}"
CAMERA = f"{{id: camera, kind: camera, mass: 2 kg, power: {{operate: 6 W}}, data_rate: 1 Mbit/s, {BASIS}}}"


def experiment(name: str, *lines: str) -> str:
    more = "".join(f"  {line}\n" for line in lines)
    return f"- id: {name}\n  category: basic_experiment\n  field: isru\n  session: 1 h\n{more}  {NEEDS}  {BASIS}\n"


def scanned(folder: Path, **files: str) -> Scan:
    """What a folder with one file per kind holds; nothing in it is faulty by itself."""
    for kind, text in files.items():
        name = f"{kind}.yaml" if kind == "sources" else f"{kind}/records.yaml"
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    found = scan_folder(folder)
    assert [str(fault) for fault in found.faults] == []
    return found


def faults(folder: Path, **files: str) -> list[str]:
    return [str(fault) for fault in reference_faults(scanned(folder, **files))]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (
            {"experiments": experiment("drill", "instruments: [camra]"), "instruments": CAMERA},
            "experiments/records.yaml:5: drill.instruments.0: unknown instrument 'camra'; did you mean camera?",
        ),
        (
            {"experiments": experiment("drill", "sites: [hill, dale]"), "sites": SITE},
            "experiments/records.yaml:5: drill.sites.1: unknown site 'dale' (allowed: hill)",
        ),
        (
            {"experiments": experiment("drill", "after: [dril]")},
            "experiments/records.yaml:5: drill.after.0: unknown experiment 'dril'; did you mean drill?",
        ),
        (
            {"experiments": experiment("drill", "excludes: [x]")},
            "experiments/records.yaml:5: drill.excludes.0: unknown experiment 'x' (allowed: drill)",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_line_and_neighbours(
    tmp_path: Path, files: dict[str, str], says: str
) -> None:
    (found,) = faults(tmp_path, **files)
    assert found.startswith(says)


def test_a_code_says_whose_it_is(tmp_path: Path) -> None:
    camera = CAMERA.replace("kind: camera", "kind: camera, code: XYZ-9")
    (found,) = faults(tmp_path, experiments=experiment("drill", "instruments: [xyz_9]"), instruments=camera)
    assert "drill.instruments.0: unknown instrument 'xyz_9'; did you mean camera? (allowed" in found


def test_names_that_lead_somewhere_are_no_fault(tmp_path: Path) -> None:
    text = experiment("drill", "instruments: [camera]", "sites: [hill]") + experiment(
        "listen", "after: [drill]", "excludes: [drill]"
    )
    assert faults(tmp_path, experiments=text, instruments=CAMERA, sites=SITE) == []


def test_a_list_in_lines_points_at_the_very_line(tmp_path: Path) -> None:
    text = experiment("drill", "instruments:", "  - camera", "  - spade")
    (found,) = faults(tmp_path, experiments=text, instruments=CAMERA)
    assert found.startswith("experiments/records.yaml:7: drill.instruments.1: unknown instrument 'spade'")


def test_of_many_names_only_the_number_is_told(tmp_path: Path) -> None:
    sites = "".join(
        f"- {{id: s{number:02d}, latitude: 1 deg, longitude: 2 deg, {BASIS}}}\n" for number in range(13)
    )
    (found,) = faults(tmp_path, sites=sites, experiments=experiment("drill", "sites: [nowhere]"))
    assert found.endswith("(allowed: one of 13; see: ilrs catalogue list --kind sites)")
    (tmp_path / "sites" / "records.yaml").write_text(sites.rsplit("- ", 1)[0], "utf-8")
    (found,) = [str(fault) for fault in reference_faults(scan_folder(tmp_path))]
    assert found.endswith("s10, s11)")


def test_sources_and_their_fields_are_known(tmp_path: Path) -> None:
    site = "id: hill\nlatitude: -89 deg\nlongitude: 10 deg\nbasis:\n  latitude: sourced A1\n  longitude: sourced B2\n"
    (found,) = faults(tmp_path, sites=site, sources="sources: {A1: a paper}\n")
    assert found == "sites/records.yaml:6: hill.basis.longitude: unknown source 'B2' (allowed: A1)"


def test_lines_that_carry_their_own_source_cite_a_known_one(tmp_path: Path) -> None:
    camera = CAMERA.replace("mass", "characteristics: [{id: band, value: X, basis: sourced B2}], mass")
    trace = "traceability: [{measurement: light, requirement: much, basis: sourced C3}]"
    assert faults(
        tmp_path,
        instruments=camera,
        experiments=experiment("look", trace),
        sources="sources: {A1: a paper}\n",
    ) == [
        "instruments/records.yaml:1: camera.characteristics.0.basis: unknown source 'B2' (allowed: A1)",
        "experiments/records.yaml:5: look.traceability.0.basis: unknown source 'C3' (allowed: A1)",
    ]


def test_a_basis_of_an_inner_field_belongs_to_the_outer_one(tmp_path: Path) -> None:
    camera = CAMERA.replace(
        "default: estimate", "default: estimate, power.operate: recall, powr.operate: recall"
    )
    (found,) = faults(tmp_path, instruments=camera)
    assert "unknown field 'powr.operate'" in found


def test_an_experiment_that_only_leads_into_a_circle_is_not_in_it(tmp_path: Path) -> None:
    text = "".join(experiment(name, f"after: [{before}]") for name, before in ("ab", "ba", "ca", "dc"))
    assert faults(tmp_path, experiments=text) == [
        (
            "experiments/records.yaml:5: a.after: waits for itself: a (experiments/records.yaml:1) after "
            "b (experiments/records.yaml:9) after a (allowed: an order without a circle)"
        )
    ]


def test_a_chain_and_a_diamond_are_no_circle(tmp_path: Path) -> None:
    text = experiment("a") + "".join(
        experiment(name, f"after: [{before}]") for name, before in (("b", "a"), ("c", "a"), ("d", "b, c"))
    )
    assert faults(tmp_path, experiments=text) == []


def test_two_circles_are_two_faults(tmp_path: Path) -> None:
    pairs = ("ab", "bc", "ca", "de", "ed", "fa")
    text = "".join(experiment(name, f"after: [{before}]") for name, before in pairs)
    assert [line.split(": ")[1] for line in faults(tmp_path, experiments=text)] == ["a.after", "d.after"]


def test_every_reference_is_a_field_of_its_record_and_leads_to_a_kind() -> None:
    for kind, field, target in REFERENCES:
        assert field in KINDS[kind].model_fields
        assert target in KINDS
    assert SINGULAR["sites"] == "site"
    assert (SINGULAR["facilities"], SINGULAR["compliance"]) == ("facility", "compliance_item")
    assert SINGULAR.keys() == KINDS.keys()
    assert len(set(SINGULAR.values())) == len(KINDS)
