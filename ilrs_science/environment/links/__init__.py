"""Links: who hears a place, when, at which rate, and how long the data wait."""

from __future__ import annotations

from ilrs_science.environment.links.budget import LinkBudget, link_budget
from ilrs_science.environment.links.forwarding import Delivery, memory_levels, store_and_forward
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.links.relay_memory import relay_delivery
from ilrs_science.environment.links.route import Passage, Route
from ilrs_science.environment.links.table import CONTACT_COLUMNS, contacts, contacts_of, link_rates

__all__ = [
    "CONTACT_COLUMNS",
    "Delivery",
    "LinkBudget",
    "Passage",
    "Route",
    "contacts",
    "contacts_of",
    "link_budget",
    "link_rates",
    "memory_levels",
    "relay_delivery",
    "routes",
    "store_and_forward",
]
