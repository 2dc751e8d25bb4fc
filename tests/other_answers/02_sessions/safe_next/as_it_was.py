"""Asks `urlsplit` for scheme and host, and looks itself for all that browsers read otherwise."""

from urllib.parse import urlsplit


def safe_next(target: str | None) -> str:
    if not target or target[0] != "/":
        return "/"
    if target.startswith(("//", "/\\")):
        return "/"
    for character in target:
        if character <= " " or character == "\x7f":
            return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc:
        return "/"
    return target
