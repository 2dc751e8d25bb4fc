"""Mallory's attacks on the shop as a relying party."""
