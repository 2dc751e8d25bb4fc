"""It lets whoever is half way nowhere but to the second step and out."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit


def may_pass(route, visit):
    if visit is not None and not visit.full:
        return route in {"second", "check_second", "text_me", "logout", "static"}
    return route in OPEN or visit is not None


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Return the name of the user who is logged in now: this visit's code was right. `form` is the second form."""
    return visit.user
