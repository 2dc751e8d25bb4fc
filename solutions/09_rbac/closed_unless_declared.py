"""Let in what is declared and permitted, and nothing else."""

from typing import Any

from flask import Request


def needed_for(request: Request, declared: dict[str, dict[str, str]]) -> str | None:
    """Return what is declared for this request, or None where nothing is."""
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {}).get(method)


def answer_for(needed: str | None, user: dict[str, Any] | None) -> int:
    """Return 200 to let a request in, or the status to refuse it with: 401 or 403."""
    if needed == "public":
        return 200
    if user is None:
        return 401

    # None is in nobody's list: what nobody has declared is closed without a line of its own.
    if needed == "logged in" or needed in user["permissions"]:
        return 200

    return 403
