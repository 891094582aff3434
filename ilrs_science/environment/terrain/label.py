"""PDS labels: text beside or before an image that says what its numbers mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ilrs_science.errors import RequestError

__all__ = ["PdsLabel", "label_of"]

HEAD_BYTES = 65_536
"""A label is looked for in this much of a file. [byte]"""

_LABEL = re.compile(rb"\A\s*(CCSD3ZF|NJPL1I00|SFDU|PDS_VERSION_ID|ODL_VERSION_ID|/\*)", re.IGNORECASE)
_OTHERS = re.compile(rb"\A(EHFA_HEADER_TAG|II\*\x00|MM\x00\*|\s*(Object\s*=\s*IsisCube|LBLSIZE))")
_IMAGE = re.compile(r"^\s*\^IMAGE\s*=\s*\(?\s*\"([^\"]+)\"", re.MULTILINE | re.IGNORECASE)
_UNIT = re.compile(r"^\s*UNIT\s*=\s*\"?([A-Za-z]+)", re.MULTILINE | re.IGNORECASE)
_LATITUDE = re.compile(r"^\s*M(?:AX|IN)IMUM_LATITUDE\s*=\s*([-+.\deE]+)", re.MULTILINE | re.IGNORECASE)
_LABELS = (".lbl", ".LBL", ".xml", ".XML")


@dataclass(frozen=True)
class PdsLabel:
    """What GDAL needs to be given, and what it does not read."""

    path: Path
    """The file with the label: what GDAL opens."""
    unit: str
    """Unit of the numbers after scale and offset; empty if the label does not say."""
    pole: int
    """1 or -1 if all latitudes of the map are on that side of the equator, else 0."""


def label_of(path: Path) -> PdsLabel | None:
    """Find the label of an image, whichever of the two is given.

    Parameters
    ----------
    path : Path
        Any raster file.

    Returns
    -------
    PdsLabel or None
        None for a file that needs none.

    Raises
    ------
    RequestError
        If an image has no label, or a label no image.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if _LABEL.match(head) and (b"PDS_VERSION_ID" in head or b"ODL_VERSION_ID" in head):
        return _read(path, head)
    if path.suffix.lower() not in (".img", ".raw", ".dat") or _OTHERS.match(head):
        return None
    for suffix in _LABELS:
        beside = path.with_suffix(suffix)
        if beside.is_file():
            with beside.open("rb") as stream:
                return _read(beside, stream.read(HEAD_BYTES))
    raise RequestError(
        f"terrain file {path} is an image without its label; put {path.stem}.LBL (or .xml) beside it"
    )


def _read(path: Path, head: bytes) -> PdsLabel:
    text = head.decode("latin-1")
    image = _IMAGE.search(text)
    if image and not _beside(path, image[1]):
        raise RequestError(f"terrain file {path} is a label, but its image {image[1]} is not beside it")
    body = text[text.upper().find("OBJECT", image.end() if image else 0) :]
    unit = _UNIT.search(body)
    latitudes = [float(number) for number in _LATITUDE.findall(text)]
    pole = 0 if not latitudes else (min(latitudes) > 0.0) - (max(latitudes) < 0.0)
    return PdsLabel(path, unit[1].lower() if unit else "", pole)


def _beside(path: Path, name: str) -> bool:
    return any(one.name.lower() == name.lower() for one in path.parent.iterdir())
