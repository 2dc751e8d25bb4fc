"""The textbook version of the decision."""
