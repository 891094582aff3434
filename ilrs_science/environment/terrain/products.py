"""Known products: public terrain of the Moon that can be fetched by name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ilrs_science.errors import DataFileError
from ilrs_science.paths import data_path

__all__ = ["Product", "known_products"]


@dataclass(frozen=True)
class Product:
    """One product and where its maker keeps it."""

    name: str
    """What ``ilrs data fetch`` takes."""
    title: str
    """What it is."""
    files: tuple[str, ...]
    """Addresses; the file that is opened first, then what belongs to it."""
    pixel_m: float
    """Size of a pixel. [m]"""
    area: str
    """What it covers."""
    projection: str
    """What its x and y mean."""
    format: str
    """File format, numbers and unit."""
    size: int
    """As its maker states it, rounded; 0 if unknown. [byte]"""
    page: str
    """Where its maker describes it."""
    licence: str
    """Under which it may be used."""
    citation: str
    """How to cite it."""
    certain: str
    """What is certain about the entry and what is not."""


@cache
def known_products() -> dict[str, Product]:
    """Give the products of ``data/products.toml``.

    Returns
    -------
    dict
        By name.

    Raises
    ------
    DataFileError
        If the list is missing or altered.
    """
    path = data_path("products.toml")
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        return {product.name: product for entry in told["product"] for product in _expanded(entry)}
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise DataFileError(f"data file {path} is altered: {error}; restore it from git") from error


def _expanded(entry: Mapping[str, Any]) -> Iterator[Product]:
    """One product, or one for each member."""
    for member, place in entry.get("members", {"": ""}).items():
        told = {key: _filled(value, member, place) for key, value in entry.items() if key != "members"}
        size = told.pop("bytes")
        told["size"] = int(size.get(member, 0)) if isinstance(size, dict) else int(size)
        told |= {
            "name": told["name"].lower(),
            "pixel_m": float(told["pixel_m"]),
            "files": tuple(told["files"]),
        }
        yield Product(**told)


def _filled(value: Any, member: str, place: str) -> Any:
    if isinstance(value, str):
        return value.format(member=member, place=place)
    if isinstance(value, list):
        return [_filled(one, member, place) for one in value]
    return value
