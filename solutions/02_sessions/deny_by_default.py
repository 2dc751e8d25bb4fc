"""Ask everybody to log in, unless a page is public."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    """Return whether the request goes through; `user` is who is logged in. Otherwise the shop asks to log in."""
    # The list names what is open: a route that is missing from it is closed, and somebody notices.
    return request.endpoint in PUBLIC or user is not None
