"""The search: from nothing to the best checked plan in the time, with a bound that holds."""
