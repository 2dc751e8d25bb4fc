"""Caught by: test_nothing_that_a_browser_reads_otherwise. It knows of backslashes, and not of tabs."""


def safe_next(target: str | None) -> str:
    if target and target.startswith("/") and not target.startswith("//") and "\\" not in target:
        return target
    return "/"
