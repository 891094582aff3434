"""Light: the skyline of a place, and how much of Sun and Earth shows above it."""
