"""Names and directions in constraints, and the bodies and stars they stand for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ilrs_science.catalogue.constraint import Direction, TargetElevation
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import UnknownNameError
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.stars import Star
from ilrs_science.sky.targets import resolver
from ilrs_science.windows.constraints import find_windows

SPAN = (np.datetime64("2026-01-01", "us"), np.datetime64("2026-01-02", "us"))


@pytest.mark.parametrize("name", BODIES)
def test_a_body_of_the_ephemeris_is_its_name(name: str) -> None:
    assert resolver(SPAN)(name) == name


def test_a_target_is_a_star_with_its_motion() -> None:
    found = resolver(SPAN)("sirius")
    record = load_catalogue().targets["sirius"]
    assert found == Star(record.ra, record.dec, record.motion_ra, record.motion_dec, record.parallax)
    assert record.parallax > 0.0


def test_a_direction_is_a_star_at_rest() -> None:
    assert resolver(SPAN)(Direction(ra="10 deg", dec="-5 deg")) == Star(10.0, -5.0)


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown body or target 'syrius'; did you mean sirius"):
        resolver(SPAN)("syrius")


def test_a_target_of_ones_own_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "mine.yaml").write_text(
        "id: my_star\nra: 83.63 deg\ndec: 22.01 deg\nbasis: {default: estimate}\n", "utf-8"
    )
    mine = load_catalogue(tmp_path)
    span = ("2026-01-01", "2026-02-01")
    place = SurfacePlace(0.0, 0.0)
    named = find_windows(TargetElevation(target="my_star", min="0 deg"), place, *span, catalogue=mine)
    aimed = TargetElevation(target=Direction(ra="83.63 deg", dec="22.01 deg"), min="0 deg")
    assert named == find_windows(aimed, place, *span)
    with pytest.raises(UnknownNameError):
        find_windows(TargetElevation(target="my_star", min="0 deg"), place, *span)
