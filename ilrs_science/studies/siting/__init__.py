"""Siting: on the ground, in orbit, or both; which place gives the most."""
