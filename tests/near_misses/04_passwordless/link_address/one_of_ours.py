"""Caught by: test_nor_does_the_host_that_was_asked_for. Everything below localhost is ours, until somebody else has
a name there."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    return f"http://{request.host}" if request.host.split(":")[0].endswith(".localhost") else configured
