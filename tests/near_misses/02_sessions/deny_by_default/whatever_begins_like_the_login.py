"""Caught by: test_every_page_asks_strangers_to_log_in. All below the login is public; so is its history."""

from flask import Request

from labsrv.kit.accounts import User

PUBLIC = ("/login", "/logout", "/basket", "/static")


def may_pass(request: Request, user: User | None) -> bool:
    return user is not None or request.path == "/" or request.path.startswith(PUBLIC)
