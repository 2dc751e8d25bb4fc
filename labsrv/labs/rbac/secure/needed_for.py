"""Look up what a request needs: by its endpoint, and by the method that it really has."""

from flask import Request


def needed_for(request: Request, declared: dict[str, dict[str, str]]) -> str | None:
    """Return what is declared for the request's endpoint and method, or None (RFC 9110, 9.3.2: HEAD is GET)."""
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint or "", {}).get(method)
