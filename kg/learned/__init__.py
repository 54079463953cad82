"""Small learnt parts that run in numpy; what trains them is in data/models/recipe."""
