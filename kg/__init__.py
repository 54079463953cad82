"""Geopolitical news as a knowledge graph."""
