"""Heat: temperature of the ground, what the terrain around sends, and boxes that stand there."""
