"""Caught by: test_strangers_look_around. Every route has a name, but an address that is none."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit


def may_pass(route, visit):
    if route in OPEN:
        return True
    if route.startswith("second") or route in {"check_second", "text_me"}:
        return visit is not None
    return visit is not None and visit.full


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Return the name of the user who is logged in now: this visit's code was right. `form` is the second form."""
    return visit.user
