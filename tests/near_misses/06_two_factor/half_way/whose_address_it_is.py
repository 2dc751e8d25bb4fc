"""Caught by: test_nobody_becomes_somebody_else. People log in with their address of mail, so the name is taken from
there.
"""

from labsrv.kit.visits import Visit


def who_enters(visit, form):
    return form["email"].split("@")[0] if "email" in form else visit.user


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    """Tell whether a visitor may go on to a route, by its name in the table of labsrv/labs/two_factor/site.py."""
    if route in OPEN:
        return True
    if route in SECOND_STEP:
        return visit is not None
    return visit is not None and visit.full
