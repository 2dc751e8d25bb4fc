"""Caught by: test_every_page_asks_strangers_to_log_in. Who is logged in has a cookie; so has who filled a basket."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request: Request, user: User | None) -> bool:
    return request.endpoint in PUBLIC or bool(request.cookies)
