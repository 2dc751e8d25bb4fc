"""It tells the three states apart by pattern."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit


def may_pass(route, visit):
    match visit:
        case None:
            return route in OPEN
        case _ if visit.full:
            return True
        case _:
            return route in OPEN or route in ("second", "check_second", "text_me")


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Return the name of the user who is logged in now: this visit's code was right. `form` is the second form."""
    return visit.user
