"""What instruments do to each other, and what in them is dangerous."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Disturbance", "Hazard"]


class Disturbance(StrEnum):
    """What one instrument may do to another."""

    RADIO = "radio"
    """Radio waves: radars, beacons, transmitters, high voltage that switches."""
    LIGHT = "light"
    """Stray light: lamps, lasers, and a Sun or Earth too near."""
    DUST = "dust"
    """Dust that is thrown up and settles on optics and radiators."""
    VIBRATION = "vibration"
    """Shaking of the ground or the deck: wheels, drills, arms, pumps."""
    NEUTRONS = "neutrons"
    """Neutrons and gamma rays of generators and isotopes."""
    GAS = "gas"
    """Exhaust of engines, and gas that warm hardware and heated ground give off."""
    MAGNETISM = "magnetism"
    """Magnetic fields of motors and currents."""


class Hazard(StrEnum):
    """What in an instrument is dangerous to people, to hardware or in law."""

    RADIOISOTOPE = "radioisotope"
    """Radioactive sources, or a heater that lives on decay."""
    NEUTRON_GENERATOR = "neutron_generator"
    """A generator of fast neutrons, off while people are near."""
    LASER = "laser"
    """A laser that can hurt eyes or detectors."""
    HIGH_VOLTAGE = "high_voltage"
    """More than about a kilovolt, off until outgassing has ended."""
    HEAT = "heat"
    """Parts of more than about 1000 K."""
    PRESSURE = "pressure"
    """Gas under pressure."""
