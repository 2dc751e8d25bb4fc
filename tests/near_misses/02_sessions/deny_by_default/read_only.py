"""Caught by: test_alice_logs_in_and_goes_everywhere. Who is logged in may read everything, and change nothing."""

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    return request.endpoint in PUBLIC or (user is not None and request.method in ("GET", "HEAD"))
