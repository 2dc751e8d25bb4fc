"""Caught by: test_alice_logs_in_and_goes_everywhere. It is a shop, and Alice is a customer; Carol from HR is none."""

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    return request.endpoint in PUBLIC or (user is not None and user.role == "customer")
