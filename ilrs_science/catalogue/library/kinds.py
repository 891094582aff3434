"""The kinds of records a catalogue folder may hold, and the folder of each."""

from __future__ import annotations

from typing import Final

from ilrs_science.catalogue.asset import Asset
from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.comparison import Comparison
from ilrs_science.catalogue.compliance import ComplianceItem
from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.facility import Facility
from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.partner import Partner
from ilrs_science.catalogue.phase import Phase
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.relay import Relay
from ilrs_science.catalogue.risk import Risk
from ilrs_science.catalogue.shower import Shower
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.catalogue.target import Target

__all__ = ["KINDS", "NUMBERLESS", "REFERENCES", "SINGULAR"]

#: Record class by the name of its folder.
KINDS: Final[dict[str, type[Record]]] = {
    "sites": Site,
    "orbits": Orbit,
    "instruments": Instrument,
    "experiments": Experiment,
    "stations": Station,
    "ground_stations": GroundStation,
    "relays": Relay,
    "targets": Target,
    "showers": Shower,
    "risks": Risk,
    "partners": Partner,
    "missions": Mission,
    "phases": Phase,
    "facilities": Facility,
    "assets": Asset,
    "compliance": ComplianceItem,
    "comparisons": Comparison,
    "campaigns": Campaign,
}

#: What one record of a folder is called.
SINGULAR: Final[dict[str, str]] = {folder: folder.removesuffix("s") for folder in KINDS} | {
    "facilities": "facility",
    "compliance": "compliance_item",
}

#: Folders whose records hold no numbers, and so need no basis.
NUMBERLESS: Final = frozenset({"campaigns", "comparisons"})

#: Fields that name other records: (folder, field, folder of the named record).
REFERENCES: Final[tuple[tuple[str, str, str], ...]] = (
    ("experiments", "instruments", "instruments"),
    ("experiments", "alternatives", "instruments"),
    ("experiments", "instead", "instruments"),
    ("experiments", "sites", "sites"),
    ("experiments", "orbits", "orbits"),
    ("experiments", "ground_stations", "ground_stations"),
    ("experiments", "after", "experiments"),
    ("experiments", "excludes", "experiments"),
    ("experiments", "phase", "phases"),
    ("experiments", "partner", "partners"),
    ("stations", "site", "sites"),
    ("stations", "orbit", "orbits"),
    ("stations", "together_with", "stations"),
    ("stations", "owners", "partners"),
    ("relays", "orbit", "orbits"),
    ("relays", "ground_stations", "ground_stations"),
    ("missions", "operators", "partners"),
    ("missions", "contributors", "partners"),
    ("missions", "site", "sites"),
    ("missions", "orbits", "orbits"),
    ("missions", "relays", "relays"),
    ("missions", "instruments", "instruments"),
    ("phases", "missions", "missions"),
    ("assets", "station", "stations"),
    ("assets", "facility", "facilities"),
    ("assets", "phase", "phases"),
    ("assets", "also_in", "phases"),
    ("assets", "mission", "missions"),
    ("assets", "instruments", "instruments"),
    ("comparisons", "sites", "sites"),
    ("comparisons", "orbits", "orbits"),
    ("comparisons", "stations", "stations"),
    ("campaigns", "station", "stations"),
    ("campaigns", "stations", "stations"),
    ("campaigns", "experiments", "experiments"),
    ("campaigns", "relays", "relays"),
    ("campaigns", "ground_stations", "ground_stations"),
)
