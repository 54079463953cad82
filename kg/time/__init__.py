"""Expressions of time: found, resolved, their precision and what they are counted from."""
