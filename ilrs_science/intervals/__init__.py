"""Windows: disjoint half-open UTC intervals, their algebra, and the forms in which they travel."""

from __future__ import annotations

from ilrs_science.intervals.windows import Windows

__all__ = ["Windows"]
