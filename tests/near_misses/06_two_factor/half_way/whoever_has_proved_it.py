"""Caught by: test_known_devices_and_apps_are_let_in. Who has proved nothing gets in nowhere; whom the shop knows by the
device proved nothing.
"""

from collections.abc import Mapping

from labsrv.kit.visits import Visit


def may_pass(route, visit):
    if route in OPEN:
        return True
    if visit is None:
        return False
    if route in {"second", "check_second", "text_me"}:
        return True
    return visit.full and visit.proved_at is not None


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Return the name of the user who is logged in now: this visit's code was right. `form` is the second form."""
    return visit.user
