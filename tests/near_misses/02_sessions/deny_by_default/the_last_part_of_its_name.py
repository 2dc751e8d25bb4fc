"""Caught by: test_a_page_added_tomorrow_is_closed. A page that belongs to a part of the shop has a name with a dot."""

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    name = (request.endpoint or "").rpartition(".")[2]
    return name in PUBLIC or user is not None
