"""Checks: pytest runs them here, against a submission in its own process, and counts what it earned."""
