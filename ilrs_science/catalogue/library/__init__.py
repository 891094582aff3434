"""Where records are read: YAML folders, faults, references, the catalogue itself."""

from ilrs_science.catalogue.library.catalogue import Catalogue
from ilrs_science.catalogue.library.load import (
    catalogue_faults,
    check_catalogue,
    load_campaign_record,
    load_catalogue,
    read_constraint,
)
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.library.viewed import interference

__all__ = [
    "Catalogue",
    "Shelf",
    "catalogue_faults",
    "check_catalogue",
    "interference",
    "load_campaign_record",
    "load_catalogue",
    "read_constraint",
]
