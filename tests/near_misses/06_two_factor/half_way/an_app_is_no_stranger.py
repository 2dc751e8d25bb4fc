"""Caught by: test_known_devices_and_apps_are_let_in. Less is open, and the app has no door any more."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit

OPEN = {"home", "login", "check_login", "logout", "static", "mail", "send_mail", "open_mail", "use_mail"}

SECOND_STEP = {"second", "check_second", "text_me"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    """Tell whether a visitor may go on to a route, by its name in the table of labsrv/labs/two_factor/site.py."""
    if route in OPEN:
        return True
    if route in SECOND_STEP:
        return visit is not None
    return visit is not None and visit.full


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Return the name of the user who is logged in now: this visit's code was right. `form` is the second form."""
    return visit.user
