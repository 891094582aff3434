"""What a place is like: terrain, skyline, light, power and the link to the Earth."""
