"""Caught by: test_nor_does_the_host_that_was_asked_for. The name is the shop's own; the port is not, and somebody else
may listen there.
"""

from urllib.parse import urlsplit

from flask import Request


def base_url(request: Request, configured: str) -> str:
    own = urlsplit(configured)
    port = request.host.rpartition(":")[2]
    return f"{own.scheme}://{own.hostname}:{port}" if port.isdecimal() else configured
