"""It notes what was asked for, and does not use it."""

import logging

from flask import Request


def base_url(request: Request, configured: str) -> str:
    asked_for = request.headers.get("Host", "")
    if asked_for not in configured:
        logging.getLogger("shop").debug("A link was asked for at %r.", asked_for)
    return f"{configured}"
