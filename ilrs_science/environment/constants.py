"""Constants of nature that several rooms need."""

from __future__ import annotations

__all__ = ["ASTRONOMICAL_UNIT_KM", "STEFAN_BOLTZMANN"]

ASTRONOMICAL_UNIT_KM = 149_597_870.7
"""IAU 2012 resolution B2. [km]"""

STEFAN_BOLTZMANN = 5.670374419e-8
"""CODATA 2018. [W/m2/K4]"""
