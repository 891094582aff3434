"""Terrain: height grids of the Moon from files of many forms, nested, and the store that keeps them."""
