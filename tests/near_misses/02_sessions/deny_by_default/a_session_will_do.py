"""Caught by: test_every_page_asks_strangers_to_log_in. Who is logged in has a session; a basket makes one as well."""

from flask import g

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    return request.endpoint in PUBLIC or g.session is not None
