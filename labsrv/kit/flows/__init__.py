"""A login taken apart: its messages one by one, what each parameter is for, and who refuses what by which rule."""
