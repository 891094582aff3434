"""What came in and what went out of each battery and storage, in exact integers."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["DataBalance", "EnergyBalance"]


@dataclass(frozen=True)
class EnergyBalance:
    """Energy of one battery: initial + generated = used + spilled + final, to the millijoule."""

    initial_mJ: int
    """Charge at the epoch. [mJ]"""
    generated_mJ: int
    """What came from the arrays. [mJ]"""
    used_mJ: int
    """What the station, its radio and its activities got. [mJ]"""
    spilled_mJ: int
    """What a full battery could not take. [mJ]"""
    unmet_mJ: int
    """What was asked for and not there, because the battery was empty; no part of the sum. [mJ]"""
    final_mJ: int
    """Charge where the execution ends. [mJ]"""

    @classmethod
    def begun(cls, charge: int) -> EnergyBalance:
        """Nothing has come or gone yet."""
        return cls(charge, 0, 0, 0, 0, charge)

    def after(self, generated: int, asked: int, full: int) -> EnergyBalance:
        """The balance after some more energy has come and been asked for."""
        level = self.final_mJ + generated - asked
        unmet, spilled = max(0, -level), max(0, level - full)
        return replace(
            self,
            generated_mJ=self.generated_mJ + generated,
            used_mJ=self.used_mJ + asked - unmet,
            spilled_mJ=self.spilled_mJ + spilled,
            unmet_mJ=self.unmet_mJ + unmet,
            final_mJ=level + unmet - spilled,
        )


@dataclass(frozen=True)
class DataBalance:
    """Data of one storage: initial + made = sent + final, to the bit."""

    initial_bit: int
    """Volume at the epoch. [bit]"""
    made_bit: int
    """What the activities made. [bit]"""
    sent_bit: int
    """What passes and downlinks took. [bit]"""
    final_bit: int
    """Volume where the execution ends. [bit]"""

    @classmethod
    def begun(cls, volume: int) -> DataBalance:
        """Nothing has come or gone yet."""
        return cls(volume, 0, 0, volume)

    def after(self, made: int, room: int) -> DataBalance:
        """The balance after more was made, and the ways home could have taken so much."""
        sent = min(room, self.final_bit + made)
        return replace(
            self,
            made_bit=self.made_bit + made,
            sent_bit=self.sent_bit + sent,
            final_bit=self.final_bit + made - sent,
        )
