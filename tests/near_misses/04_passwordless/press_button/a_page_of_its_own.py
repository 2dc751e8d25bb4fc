"""Caught by: test_opening_is_not_logging_in. A picture is not taken for a click; opening the link is."""

from flask import Request


def is_meant(request: Request) -> bool:
    return request.method == "POST" or request.headers.get("Sec-Fetch-Dest") == "document"
