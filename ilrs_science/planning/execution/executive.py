"""The rules of the executive on board: how long it waits, when it stops, when it sleeps and wakes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ilrs_science.planning.problem.entry import Entry
from ilrs_science.planning.problem.parts import Milli

__all__ = ["Executive"]


class Executive(Entry):
    """Rules of the executive; charges are shares of what is between the minimum of a battery and its capacity."""

    patience_s: int = Field(default=6 * 3600, ge=0)
    """How much later than planned an activity may start, within its windows. (assumed) [s]"""
    start_charge: float = Field(default=0.0, ge=0, le=1)
    """No activity that draws from a battery starts below this. [1]"""
    foresight: Literal["energy", "none"] = "energy"
    """Whether it asks, before it starts something, if the battery will carry that to its end, by the day and night to
    come and the losses of now."""
    abort_charge: float = Field(default=0.0, ge=0, le=1)
    """At this charge the least valuable activities that draw from the battery are stopped. [1]"""
    wake_charge: float = Field(default=0.2, ge=0, le=1)
    """A station that sleeps wakes at this charge. (assumed) [1]"""
    sleep_load: float = Field(default=0.4, ge=0, le=1)
    """Share of its own load that a station draws while it sleeps. (assumed) [1]"""
    sessions: Literal["interchangeable", "numbered"] = "interchangeable"
    """Whether a session that fails is done in the place of the next one that is equal to it, so that the last of them
    is lost; or all that follow it are, since the plan numbers them."""
    hibernate: Literal["never", "dark", "sun"] = "never"
    """Whether it sleeps through each night by plan: while no array gives power, as
    :func:`ilrs_science.planning.execution.exposure.lit` tells, or while the Sun is below ``sleep_sun_deg``. Nothing is
    started that would run into such a night, and what runs then is stopped."""
    sleep_sun_deg: Milli = Field(default=0.0, ge=-90, le=90)
    """Elevation of the Sun below which it is night. [deg]"""
    wake_sun_deg: Milli | None = Field(default=None, ge=-90, le=90)
    """A station that sleeps wakes with the Sun at least so high; at any elevation if absent. [deg]"""
    least_sleep_s: int = Field(default=0, ge=0)
    """Shortest sleep, once it sleeps for want of charge. [s]"""
