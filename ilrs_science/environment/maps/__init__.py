"""Maps: skylines, light, view of the Earth, darkness, slope and permanent shadow of every pixel of an area."""
