"""Parsing: the language models and what reads them."""
