"""Caught by: test_no_other_host. Python finds no host in three slashes; a browser finds one."""

from urllib.parse import urlsplit


def safe_next(target: str | None) -> str:
    parts = urlsplit(target or "/")
    return "/" if parts.scheme or parts.netloc else target or "/"
