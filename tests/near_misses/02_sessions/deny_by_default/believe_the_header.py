"""Caught by: test_saying_that_one_is_alice_opens_nothing. A proxy would have set it."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    return user is not None or request.endpoint in PUBLIC or "X-Forwarded-User" in request.headers
