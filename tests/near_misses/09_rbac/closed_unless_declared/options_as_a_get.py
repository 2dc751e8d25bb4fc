"""Caught by: test_each_method_needs_its_own. OPTIONS is as safe as HEAD, and needs what the GET needs: so it looks."""

from typing import Any

from flask import Request

SAFE = ("GET", "HEAD", "OPTIONS")


def needed_for(request: Request, declared: dict[str, dict[str, str]]) -> str | None:
    """Return what is declared for this request, or None where nothing is."""
    by_method = declared.get(request.endpoint, {})
    return by_method.get("GET" if request.method in SAFE else request.method)


def answer_for(needed: str | None, user: dict[str, Any] | None) -> int:
    """Return 200 to let a request in, or the status to refuse it with: 401 or 403."""
    if needed == "public":
        return 200
    if user is None:
        return 401
    if needed is not None and (needed == "logged in" or needed in user["permissions"]):
        return 200
    return 403
