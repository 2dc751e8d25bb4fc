"""Raises where nothing is there, and has a case for each of what may be needed."""

from typing import Any

from flask import Request


def needed_for(request: Request, declared: dict[str, dict[str, str]]) -> str | None:
    try:
        row = declared[request.endpoint]
        return row["GET" if request.method == "HEAD" else request.method]
    except KeyError:
        return None


def answer_for(needed: str | None, user: dict[str, Any] | None) -> int:
    match needed, user:
        case "public", _:
            return 200
        case _, None:
            return 401
        case None, _:
            return 403
        case "logged in", _:
            return 200
    return 200 if user["permissions"].count(needed) else 403
