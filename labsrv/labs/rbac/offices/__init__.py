"""Offices to hold suites of tests against: right ones of several styles, and flawed ones, each wrong in one thing."""
