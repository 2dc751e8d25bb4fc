"""Caught by: test_nor_does_the_host_that_was_asked_for. Believes none of the headers but the one that every request
has."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    return request.host_url.rstrip("/")
