"""It lists the methods that only look; the token has to stand in the form."""

from flask import Request

LOOKS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_meant(request: Request) -> bool:
    return request.method not in LOOKS and bool(request.form.get("token"))
