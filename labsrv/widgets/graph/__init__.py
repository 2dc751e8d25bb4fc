"""Roles, or relations, as a layered graph: seniors above juniors, and a tree in words."""
