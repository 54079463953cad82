"""What is learnt rather than listed: linear models over named features, their weights in checked tables.

The tables are in data/learned; data/models/recipe/learn.py writes them from annotated texts.
"""
