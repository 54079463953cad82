"""Odd names and texts for property tests."""

from hypothesis import strategies as st

# Of any script; no half surrogates and control characters, which no field of a document may hold.
NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60)
