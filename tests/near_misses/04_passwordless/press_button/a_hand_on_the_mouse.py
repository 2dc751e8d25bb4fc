"""Caught by: test_opening_is_not_logging_in. Sec-Fetch-User says that a person opened the link, not that they meant
to log in."""

from flask import Request


def is_meant(request: Request) -> bool:
    return request.method == "POST" or request.headers.get("Sec-Fetch-User") == "?1"
