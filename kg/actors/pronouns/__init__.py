"""Pronouns and what they stand for."""
