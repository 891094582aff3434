"""Where Sun, Earth and stars are, seen from a place on or about the Moon."""
