"""Attacks, by kind: what comes in must not stop, slow, fool or steer the program. Cases are data."""
