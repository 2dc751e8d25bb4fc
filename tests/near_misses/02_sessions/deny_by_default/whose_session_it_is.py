"""Caught by: test_a_cookie_alone_opens_nothing. The session says whose it is, and not that their account was closed."""

from flask import g

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    return request.endpoint in PUBLIC or (g.session is not None and g.session.user is not None)
