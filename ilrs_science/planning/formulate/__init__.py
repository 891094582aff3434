"""From a campaign of the catalogue to a planning problem: ways, sessions, power, data, and what people have settled."""
