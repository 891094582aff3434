import pytest

from ilrs_science.catalogue.library import catalogue_faults, load_catalogue
from ilrs_science.errors import CatalogueError, RequestError

SITE = "id: hill\nlatitude: -89 deg\nlongitude: 10 deg\nbasis: {default: estimate}\n"


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def faults(tmp_path, files):
    return [str(fault) for fault in catalogue_faults(write(tmp_path, files))]


def test_a_sound_folder_has_no_fault(tmp_path):
    assert faults(tmp_path, {"sites/hill.yaml": SITE}) == []


def test_all_faults_of_a_folder_come_together(tmp_path):
    found = faults(
        tmp_path,
        {
            "sites/one.yaml": "- id: a\n  latitude: 100 deg\n  longitude: 0 deg\n  basis: {default: estimate}\n"
            "- id: b\n  latitude: 1 deg\n  lenght: 2 km\n  basis: {default: estimate}\n",
            "instruments/two.yml": "id: cam\nkind: camera\nmass: 12\npower: {operate: 5 W}\ndata_rate: 1 Mbit/s\n"
            "basis: {default: estimate}\n",
            "experiments/three.yaml": "[]",
            "broken.yaml": "a: [",
        },
    )
    assert [line.split(":")[0] for line in found] == ["broken.yaml", "instruments/two.yml"] + [
        "sites/one.yaml"
    ] * 3
    assert "instruments/two.yml:3: cam.mass: 12 has no unit; write '12 kg'" in found
    assert any("sites/one.yaml:7: b.lenght: unknown field 'lenght'; did you mean" in line for line in found)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"sites/x.yaml": SITE + "lattitude: 1 deg\n"},
            "x.yaml:5: hill.lattitude: unknown field 'lattitude'; did you mean latitude",
        ),
        ({"sites/x.yaml": "id: hill\nlatitude: 1 deg\n"}, "x.yaml:1: hill: longitude is missing"),
        (
            {"sites/x.yaml": SITE + "landform: rigde\n"},
            "x.yaml:5: hill.landform: unknown choice 'rigde'; did you mean ridge",
        ),
        ({"sites/x.yaml": SITE + "latitude: 2 deg\n"}, "x.yaml:5: latitude: is written twice"),
        ({"sites/x.yaml": "- " + SITE.replace("\n", "\n  ") + "\n- 12\n"}, "is not a record (allowed: a map"),
        ({"sites/x.yaml": "latitude: 1\nlongitude: 1\n"}, "x.yaml:1: id: id is missing"),
        (
            {"sites/x.yaml": SITE.replace("hill", "../hill")},
            "is not a name (allowed: lower-case letters, digits and _)",
        ),
        ({"sites/x.yaml": SITE.replace("-89 deg", ".nan")}, "is not a finite number"),
        ({"sites/x.yaml": SITE.replace("-89 deg", ".inf")}, "is not a finite number"),
        ({"sites/x.yaml": SITE.replace("estimate", "guess")}, "'guess' is not a basis"),
        ({"sites/x.yaml": SITE.replace("estimate", "sourced S999")}, "unknown source 'S999'"),
        (
            {"sites/x.yaml": SITE.replace("default: estimate", "latitud: recall")},
            "unknown field 'latitud'; did you mean latitude",
        ),
        ({"site/x.yaml": SITE}, "site: unknown folder 'site'; did you mean sites"),
        ({"mine.yaml": "site: []\n"}, "mine.yaml:1: site: unknown kind of record 'site'; did you mean sites"),
        (
            {"mine.yaml": "- a\n"},
            "is not a map of kinds to records (allowed: one of 19; see: ilrs catalogue list)",
        ),
        ({"mine.yaml": "sources: [a]\n"}, "is not a map from keys to text"),
    ],
)
def test_a_fault_says_where_what_and_what_is_allowed(tmp_path, files, message):
    found = faults(tmp_path, files)
    assert any(message in line for line in found), found


EXPERIMENT = """
id: survey
category: basic_experiment
power: 5 W
data: 0 Mbit
field: chemistry
session: 2 h
instruments: [neutron_dosimeter]
basis: {default: estimate}
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "conditions: {kind: sun_elevaton, min: 0 deg}",
            "unknown kind 'sun_elevaton'; did you mean sun_elevation",
        ),
        (
            "conditions: {kind: sun_elevation, mim: 0 deg}",
            "unknown field 'mim'; did you mean min? (allowed: kind, min, max)",
        ),
        (
            "conditions: {kind: all_of, of: [{kind: day}, {kind: earth_elevation, min: 5}]}",
            "conditions.of.1.min: 5 has no unit",
        ),
        ("conditions: {min: 0 deg}", "conditions: has no kind"),
        ("conditions: {kind: sun_elevation}", "sun_elevation needs min or max"),
        ("after: [survey]", "survey.after: waits for itself"),
        (
            "excludes: [autonomous_operatoin]",
            "unknown experiment 'autonomous_operatoin'; did you mean autonomous_operation",
        ),
    ],
)
def test_faults_of_experiments_reach_into_their_conditions(tmp_path, change, message):
    found = faults(tmp_path, {"experiments/x.yaml": f"{EXPERIMENT}{change}\n"})
    assert len(found) == 1
    assert message in found[0]


def test_a_circle_of_experiments_is_found(tmp_path):
    text = "".join(
        f"- {{id: {name}, category: basic_experiment, field: isru, session: 1 h, power: 5 W, "
        f"data: 0 Mbit, after: [{before}], "
        "basis: {default: estimate}}\n"
        for name, before in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    )
    found = faults(tmp_path, {"experiments/x.yaml": text})
    assert [line.split(": ")[1] for line in found] == ["a.after"]
    where = "experiments/x.yaml"
    assert f"a ({where}:1) after b ({where}:2) after c ({where}:3) after a" in found[0]


def test_a_doubled_id_names_both_places(tmp_path):
    found = faults(tmp_path, {"sites/one.yaml": SITE, "sites/two.yaml": SITE})
    assert found == [
        "sites/two.yaml:1: hill.id: is already the id of a record at sites/one.yaml:1 (allowed: an id of its own)"
    ]


def test_a_faulty_record_is_not_held_against_those_that_name_it(tmp_path):
    station = "id: base\nsite: hill\n"
    found = faults(tmp_path, {"sites/x.yaml": SITE + "colour: red\n", "stations/x.yaml": station})
    assert not any("unknown site" in line for line in found)


def test_terminal_escapes_never_reach_the_screen(tmp_path):
    broken = '- id: "a\\e[31m\\nb"\n  "lat\\e]0;x": 1\n  name: "\\e[2J"\n'
    text = broken + '- {id: hill, latitude: 1, longitude: 1, name: "\\a"}\n'
    found = faults(tmp_path, {"sites/x.yaml": text, "other.yaml": '"\\e[2J": 1\n'})
    assert len(found) >= 5
    assert all(line.isprintable() for line in found)


def test_other_files_are_left_alone(tmp_path):
    assert (
        faults(
            tmp_path,
            {"README.md": "hello", "sites/.hidden.yaml": "[", "_draft/x.yaml": "[", "sites/x.png": "["},
        )
        == []
    )


def test_a_folder_that_is_not_there_is_one_line():
    with pytest.raises(RequestError, match="is not a folder; a catalogue folder holds sites"):
        load_catalogue("nowhere")


def test_loading_a_faulty_folder_raises_all_faults_once(tmp_path):
    folder = write(tmp_path, {"sites/x.yaml": "- id: a\n  basis: {}\n- id: b\n  basis: {}\n"})
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert len(caught.value.faults) == 4
    assert str(caught.value).startswith("4 faults in the catalogue\nsites/x.yaml:1: a: latitude is missing")


def test_a_record_with_numbers_and_no_basis_is_a_fault(tmp_path):
    found = faults(tmp_path, {"sites/x.yaml": "id: hill\nlatitude: 1 deg\nlongitude: 1 deg\n"})
    wrong = "sites/x.yaml:1: hill.basis: basis is missing: nothing says where the numbers come from"
    allowed = "such as basis: {default: estimate}; a basis is one of sourced, derived, recall, estimate"
    assert found == [f"{wrong} (allowed: {allowed})"]


def test_a_number_that_the_basis_leaves_out_is_named(tmp_path):
    found = faults(tmp_path, {"sites/x.yaml": SITE.replace("default: estimate", "latitude: recall")})
    assert len(found) == 1
    assert "sites/x.yaml:4: hill.basis: says nothing about longitude (allowed" in found[0]


def test_a_missing_basis_is_told_together_with_other_faults(tmp_path):
    found = faults(tmp_path, {"sites/x.yaml": "id: hill\nlatitude: 1 deg\n"})
    assert [line.split(" (")[0].split(": ")[2] for line in found] == [
        "longitude is missing",
        "basis is missing",
    ]


def test_a_campaign_needs_no_basis(tmp_path):
    text = "id: mine\nstation: connecting_ridge_station\nexperiments: [autonomous_operation]\n"
    assert faults(tmp_path, {"campaigns/x.yaml": text + "start: 2031-01-01\nend: 2031-01-02\n"}) == []


def test_unknown_names_are_told_together_with_wrong_values(tmp_path):
    text = (
        "id: mine\nstation: nowhere\nexperiments: [autonomous_operation, xyzzy, 3]\n"
        "start: 2031-02-01\nend: 2031-01-01\n"
    )
    found = faults(tmp_path, {"campaigns/x.yaml": text.replace(", 3", "")})
    assert [line.split(" (")[0] for line in found] == [
        "campaigns/x.yaml:1: mine: end 2031-01-01T00:00:00.000Z is not after start 2031-02-01T00:00:00.000Z",
        "campaigns/x.yaml:2: mine.station: unknown station 'nowhere'",
        "campaigns/x.yaml:3: mine.experiments.1: unknown experiment 'xyzzy'",
    ]
    mixed = faults(tmp_path, {"campaigns/x.yaml": text})
    assert {line.split(": ")[1] for line in mixed} >= {
        "mine.station",
        "mine.experiments.1",
        "mine.experiments.2",
    }


def test_an_unknown_source_of_a_faulty_record_is_told(tmp_path):
    text = SITE.replace("10 deg", "east").replace(
        "{default: estimate}", "{default: sourced S999, width: recall}"
    )
    found = faults(tmp_path, {"sites/x.yaml": text})
    assert [line.split(": ")[1] for line in found] == [
        "hill.longitude",
        "hill.basis.default",
        "hill.basis.width",
    ]


def test_a_bare_number_in_a_file_is_told_its_unit(tmp_path):
    text = SITE.replace("-89 deg", "5").replace("10 deg", "'7'") + "height: 0\n"
    found = faults(tmp_path, {"sites/x.yaml": text})
    assert found == [
        "sites/x.yaml:2: hill.latitude: 5 has no unit; write '5 deg'",
        "sites/x.yaml:3: hill.longitude: '7' has no unit; write '7 deg'",
        "sites/x.yaml:5: hill.height: 0 has no unit; write '0 m'",
    ]
