"""The textbook version of each decision, one to a file."""
