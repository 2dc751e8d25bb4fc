"""Caught by: test_saying_that_one_is_alice_opens_nothing. Behind a proxy the address stands in a header."""

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    if request.headers.get("X-Original-URL") == "/login":
        return True
    return request.endpoint in PUBLIC or user is not None
