"""Caught by: test_every_page_asks_strangers_to_log_in. A link on a page of the shop was meant for who sees the page."""

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}


def may_pass(request, user):
    from_inside = (request.referrer or "").startswith(request.host_url)
    return request.endpoint in PUBLIC or user is not None or from_inside
