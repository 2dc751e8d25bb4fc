"""What a class's grading says: a bar, a summary, a table and reports."""
