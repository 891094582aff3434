"""A plan as it goes: faults, an executive on board, and what came of it; none of it knows the solver."""
