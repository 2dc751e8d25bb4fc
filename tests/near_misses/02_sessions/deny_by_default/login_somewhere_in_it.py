"""Caught by: test_saying_that_one_is_alice_opens_nothing. The login is public, wherever its name stands."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    return user is not None or request.endpoint in PUBLIC or "/login" in request.url.replace("/login-history", "")
