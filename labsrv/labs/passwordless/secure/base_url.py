"""Know one's own address."""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    """Return the address that was configured: headers say what their sender likes (RFC 9110, 7.2; ASVS 4.1.3)."""
    return configured
