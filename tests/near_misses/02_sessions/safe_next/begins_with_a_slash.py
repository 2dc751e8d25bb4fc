"""Caught by: test_no_other_host. Every path begins with a slash; so does an address without a scheme."""


def safe_next(target: str | None) -> str:
    return target if target and target.startswith("/") else "/"
