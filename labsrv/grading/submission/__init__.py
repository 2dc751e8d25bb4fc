"""A submission and its process: loaded, served and bounded in the child, driven and judged from here."""
