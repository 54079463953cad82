"""Quotation marks: which open, which close, and which do either."""

OPENING, CLOSING, STRAIGHT = frozenset("“„«"), frozenset("”»"), frozenset({'"', "``", "''"})
