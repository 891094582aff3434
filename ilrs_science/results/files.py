"""Files of a result bundle."""

from __future__ import annotations

__all__ = ["FILES", "MANIFEST"]

#: SHA-256 of every other file, in the format of ``sha256sum``.
MANIFEST = "SHA256SUMS"
#: Every file of a bundle but the manifest; no other file is ever written or replaced.
FILES = (
    "campaign.json", "certificate.json", "environment.nc", "plan.csv", "problem.json", "report.html", "result.json",
    "windows.csv",
)  # fmt: skip
