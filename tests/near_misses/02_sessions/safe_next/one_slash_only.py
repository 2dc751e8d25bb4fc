"""Caught by: test_nothing_that_a_browser_reads_otherwise. One slash and not two; a backslash is one too."""


def safe_next(target: str | None) -> str:
    if target and target.startswith("/") and not target.startswith("//"):
        return target
    return "/"
