"""A new plan from a state on the way: what remains to be done, and how much of the old plan stays."""
