"""Power: arrays, sources and batteries in the light of a place."""
