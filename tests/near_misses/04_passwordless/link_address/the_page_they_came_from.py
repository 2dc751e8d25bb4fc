"""Caught by: test_nor_does_the_host_that_was_asked_for. Origin is the page that the form stood on: of the name that
was asked for."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    return request.headers.get("Origin", configured)
