"""Know where a request comes from."""

from flask import Request


def source_of(request: Request) -> str:
    """Return the address at the other end of the connection: a header says what its sender likes (RFC 7239, 8.1)."""
    return request.remote_addr or ""
