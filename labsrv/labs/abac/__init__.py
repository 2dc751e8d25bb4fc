"""Attributes: decisions by who asks, for what, and in which circumstances."""
