"""Caught by: test_every_method_asks_strangers_to_log_in. Pages are read; what is sent to them is not."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    return user is not None or request.endpoint in PUBLIC or request.method not in ("GET", "HEAD")
