"""The question: activities, what they share, and what can be wrong with it."""
