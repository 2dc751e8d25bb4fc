"""Caught by: test_a_visit_uses_nothing_up. Knows programs by what they call themselves; not all say so."""

from flask import Request


def is_meant(request: Request) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    return not any(word in agent for word in ("bot", "scanner", "preview"))
