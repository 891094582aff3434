"""Packing: plans made and changed by compiled code that places and removes one activity at a time, exactly."""
