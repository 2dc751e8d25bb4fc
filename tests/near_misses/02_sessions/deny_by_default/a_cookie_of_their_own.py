"""Caught by: test_saying_that_one_is_alice_opens_nothing. The tutorial kept the user's id in a cookie."""

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    return request.endpoint in PUBLIC or user is not None or "userId" in request.cookies
