"""Caught by: test_nobody_becomes_somebody_else. The field `name` is not believed any more; another is."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    if route in OPEN:
        return True
    if route in SECOND_STEP:
        return visit is not None
    return visit is not None and visit.full


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    return form.get("user") or visit.user
