"""Caught by: test_a_page_added_tomorrow_is_closed. No page of today begins like the basket."""

PUBLIC = {"/", "/login", "/logout"}


def may_pass(request, user):
    return request.path in PUBLIC or request.path.startswith("/basket") or user is not None
