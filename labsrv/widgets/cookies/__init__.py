"""The cookies of a browser, what each attribute does, and what would happen to one."""
