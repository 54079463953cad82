"""A document as sentences with trees: parsed, put into Universal Dependencies, and mended once."""
