"""Caught by: test_no_header_moves_the_link. The shop's name stands in it, and so does Mallory's."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    host = request.headers.get("X-Forwarded-Host", "")
    return f"http://{host}" if "shop.localhost" in host else configured
