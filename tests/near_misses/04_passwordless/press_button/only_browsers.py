"""Caught by: test_a_visit_uses_nothing_up. Lets browsers log in on sight; scanners call themselves browsers."""

from flask import Request


def is_meant(request: Request) -> bool:
    return request.method == "POST" or "firefox" in request.headers.get("User-Agent", "").lower()
