"""Caught by: test_a_cookie_alone_opens_nothing. Who is logged in has a cookie."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    return request.endpoint in PUBLIC or bool(request.cookies)
