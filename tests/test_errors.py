from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science import errors
from ilrs_science.errors import (
    CatalogueError,
    DataFileError,
    Fault,
    IlrsError,
    RequestError,
    UnknownNameError,
    closest,
    require_kind,
)


def test_every_error_of_the_workbench_is_an_ilrs_error() -> None:
    raised = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, Exception)]
    assert len(raised) == 8
    assert all(issubclass(cls, IlrsError) for cls in raised)


def test_a_wrong_request_is_a_value_error_and_a_missing_file_is_not() -> None:
    assert issubclass(RequestError, ValueError)
    assert not issubclass(DataFileError, ValueError)


def test_the_tree_in_the_docstring_names_every_error() -> None:
    for name in errors.__all__:
        if inspect.isclass(getattr(errors, name)) and issubclass(getattr(errors, name), Exception):
            assert name in (errors.__doc__ or "")


def test_an_unknown_name_lists_the_nearest_and_the_known() -> None:
    error = UnknownNameError("site", "malapret", ["von_karman", "malapert"])
    assert str(error) == "unknown site 'malapret'; did you mean malapert? (known: malapert, von_karman)"
    assert (error.kind, error.name, error.known) == ("site", "malapret", ["malapert", "von_karman"])


def test_an_unknown_name_far_from_all_gives_no_hint() -> None:
    assert str(UnknownNameError("activity", "nope", ["core"])) == "unknown activity 'nope' (known: core)"
    assert str(UnknownNameError("site", "zzz", ["a"])) == "unknown site 'zzz' (known: a)"
    assert str(UnknownNameError("site", "zzz", [])) == "unknown site 'zzz' (known: none)"


def test_a_long_list_of_known_names_is_cut() -> None:
    message = str(UnknownNameError("site", "zzz", [f"site_{k:02d}" for k in range(40)]))
    assert message.endswith("site_11, ...)")


def test_a_catalogue_error_holds_every_fault_with_its_place() -> None:
    faults = [
        Fault("sites.yaml", 3, "rim", "latitude", "is 95 deg", "-90 to 90 deg"),
        Fault("sites.yaml", 0, "", "", "is no list"),
    ]
    error = CatalogueError(faults)
    assert error.faults == tuple(faults)
    assert str(error).splitlines() == [
        "2 faults in the catalogue",
        "sites.yaml:3: rim.latitude: is 95 deg (allowed: -90 to 90 deg)",
        "sites.yaml: is no list",
    ]
    assert str(CatalogueError(faults[:1])).startswith("1 fault in")


@pytest.mark.parametrize(("asked", "found"), [("SUN", ["sun"]), ("eart", ["earth"]), ("qqqq", [])])
def test_the_closest_name_ignores_case(asked: str, found: list[str]) -> None:
    assert closest(asked, ["sun", "earth"]) == found


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=20))
def test_the_closest_names_are_among_the_known(name: str, known: list[str]) -> None:
    assert set(closest(name, known)) <= set(known)


def test_another_kind_is_refused_with_what_to_give() -> None:
    require_kind(3, (int, float), "merit", "a number")
    with pytest.raises(RequestError, match="merit 'much' cannot be used; give a number"):
        require_kind("much", (int, float), "merit", "a number")
