"""Caught by: test_no_other_scheme. Other sites begin with http or two slashes; script begins otherwise."""


def safe_next(target: str | None) -> str:
    if not target or target.lower().startswith(("http", "//", "%2f")):
        return "/"
    return target
