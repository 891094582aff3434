"""The notebooks as read-only dashboards, through standalone Voilà."""

from __future__ import annotations

from ilrs_science.publish.server import serve

__all__ = ["serve"]
