"""Caught by: test_two_are_not_active_at_once. Whoever is assigned both may be both."""


def may_activate(active, wanted, assigned, below, constraints):
    return wanted in assigned
