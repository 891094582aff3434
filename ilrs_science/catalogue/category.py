"""How experiments are sorted: category, science field and place."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Category", "Location", "ScienceField"]


class Category(StrEnum):
    """The four categories of the founding text of the ILRS."""

    EXPLORATION_UTILIZATION = "exploration_utilization"
    """Lunar exploration and utilization."""
    LUNAR_BASED_OBSERVATION = "lunar_based_observation"
    """Lunar-based observation."""
    BASIC_EXPERIMENT = "basic_experiment"
    """Basic scientific experiment."""
    TECHNICAL_VERIFICATION = "technical_verification"
    """Technical verification."""

    @property
    def label(self) -> str:
        """The category in words."""
        return _CATEGORY_LABELS[self]


_CATEGORY_LABELS = {
    Category.EXPLORATION_UTILIZATION: "Lunar exploration and utilization",
    Category.LUNAR_BASED_OBSERVATION: "Lunar-based observation",
    Category.BASIC_EXPERIMENT: "Basic scientific experiment",
    Category.TECHNICAL_VERIFICATION: "Technical verification",
}


class ScienceField(StrEnum):
    """The nine science fields of the 2021 roadmap."""

    TOPOGRAPHY_GEOLOGY = "topography_geology"
    PHYSICS_INTERIOR = "physics_interior"
    CHEMISTRY = "chemistry"
    CISLUNAR_ENVIRONMENT = "cislunar_environment"
    LUNAR_ASTRONOMY = "lunar_astronomy"
    LUNAR_EARTH_OBS = "lunar_earth_obs"
    BIO_MEDICAL = "bio_medical"
    ISRU = "isru"
    TECH_VERIFICATION = "tech_verification"

    @property
    def label(self) -> str:
        """The field in words."""
        return _FIELD_LABELS[self]


_FIELD_LABELS = {
    ScienceField.TOPOGRAPHY_GEOLOGY: "Topography and geology",
    ScienceField.PHYSICS_INTERIOR: "Lunar physics and interior",
    ScienceField.CHEMISTRY: "Chemistry and age of lunar materials",
    ScienceField.CISLUNAR_ENVIRONMENT: "Space environment of Sun, Earth and Moon",
    ScienceField.LUNAR_ASTRONOMY: "Astronomy from the Moon",
    ScienceField.LUNAR_EARTH_OBS: "Earth observation from the Moon",
    ScienceField.BIO_MEDICAL: "Biology and medicine",
    ScienceField.ISRU: "Use of local resources",
    ScienceField.TECH_VERIFICATION: "Technology verification",
}


class Location(StrEnum):
    """Where an experiment can be done."""

    ANY_SURFACE = "any_surface"
    POLAR = "polar"
    NEAR_SIDE = "near_side"
    FAR_SIDE = "far_side"
    ORBIT = "orbit"
