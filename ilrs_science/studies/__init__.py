"""What if: the same plan again and again under other faults, operators and stations."""
