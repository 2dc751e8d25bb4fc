"""Caught by: test_nobody_becomes_somebody_else. The form is not believed half way, but of who is logged in and types
another code.
"""

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
    return form.get("name") or visit.user if visit.full else visit.user
