"""Caught by: test_alice_logs_in_and_goes_everywhere. The login is public; what it sends has a name of its own."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    return user is not None or request.endpoint in PUBLIC
