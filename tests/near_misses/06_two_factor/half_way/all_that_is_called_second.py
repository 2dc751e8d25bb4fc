"""Caught by: test_a_page_added_tomorrow_needs_both. The routes of the second step have the word in their names; others
may have it, too.
"""

from collections.abc import Mapping

from labsrv.kit.visits import Visit


def may_pass(route, visit):
    if route in OPEN:
        return True
    if visit is None:
        return False
    return visit.full or (route is not None and ("second" in route or route == "text_me"))


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Return the name of the user who is logged in now: this visit's code was right. `form` is the second form."""
    return visit.user
