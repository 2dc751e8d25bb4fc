"""Caught by: test_no_other_spelling_opens_it. All is closed that is not public, as long as it is written plainly."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    return user is not None or request.endpoint in PUBLIC or "%" in request.environ["REQUEST_URI"]
