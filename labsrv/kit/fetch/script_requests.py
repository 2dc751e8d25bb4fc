"""What script on a page may ask its browser to send: Fetch, "Request class"."""

import json as json_module
from typing import Any

from labsrv.kit.fetch import cors
from labsrv.kit.html.forms import URLENCODED, urlencoded

Pairs = list[tuple[str, str]]

TEXT = "text/plain;charset=UTF-8"
FORM = f"{URLENCODED};charset=UTF-8"
# "no-CORS-safelisted request-header name"
WITHOUT_CORS = {"accept", "accept-language", "content-language", "content-type"}

Body = str | bytes | dict[str, Any] | None


def content_of(body: Body, json: Any) -> tuple[bytes | None, str | None]:
    """Return a body and the type it has by itself; a dict is sent like a form (URLSearchParams)."""
    if json is not None:
        return json_module.dumps(json).encode(), TEXT
    if isinstance(body, dict):
        return urlencoded([(name, str(value)) for name, value in body.items()]).encode(), FORM
    if isinstance(body, str):
        return body.encode(), TEXT

    return body, None


def script_headers(given: dict[str, str], kind: str | None, mode: str) -> tuple[Pairs, list[str]]:
    """Return the headers that go along, and one sentence for each that the browser drops without a word."""
    kept: Pairs = []
    dropped: list[str] = []

    for name, value in given.items():
        if cors.forbidden(name):
            dropped.append(f"{name} was dropped, because only the browser itself sets it")
        elif mode == "no-cors" and not (name.lower() in WITHOUT_CORS and cors.simple_header(name, value)):
            dropped.append(f"{name} was dropped, because mode no-cors sends nothing that a form could not send")
        else:
            kept.append((name, value.strip()))

    if kind and not any(name.lower() == "content-type" for name, _ in kept):
        kept.append(("Content-Type", kind))
    return kept, dropped


def unfit(method: str, mode: str, content: bytes | None) -> str | None:
    """Return why script cannot send such a request at all, or None."""
    if method.upper() in cors.FORBIDDEN_METHODS:
        return f"script may not use the method {method}"
    if mode == "no-cors" and method not in cors.SIMPLE_METHODS:
        return f"mode no-cors sends GET, HEAD and POST only, and this is {method}"
    if content is not None and method in ("GET", "HEAD"):
        return f"a {method} request has no body"

    return None
