"""Caught by: test_no_header_moves_the_link. The host is the shop's; whether it is http says Mallory."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    scheme = request.headers.get("X-Forwarded-Proto", "http")
    return f"{scheme}://" + configured.split("://")[1]
