"""A login to step through: each message waits, is looked at, changed or left as it is, and sent."""
