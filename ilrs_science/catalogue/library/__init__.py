"""Where records are read: YAML folders, faults, references, the catalogue itself."""

from ilrs_science.catalogue.library.catalogue import Catalogue
from ilrs_science.catalogue.library.load import (
    catalogue_faults,
    load_campaign_record,
    load_catalogue,
    read_constraint,
)
from ilrs_science.catalogue.library.shelf import Shelf

__all__ = [
    "Catalogue",
    "Shelf",
    "catalogue_faults",
    "load_campaign_record",
    "load_catalogue",
    "read_constraint",
]
