"""Caught by: test_nobody_becomes_somebody_else. Another spelling is another name, and nobody has that account."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    return route in OPEN or (visit is not None and (visit.full or route in SECOND_STEP))


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    name = form.get("name", "")
    return name if name.casefold() == visit.user.casefold() else visit.user
