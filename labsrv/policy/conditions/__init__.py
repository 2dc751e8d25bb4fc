"""Conditions of rules: read from JSON, typed, and evaluated on one question."""
