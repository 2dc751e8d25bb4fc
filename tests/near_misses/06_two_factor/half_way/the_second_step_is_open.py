"""Caught by: test_strangers_are_sent_to_the_first_step. A page with an empty form harms nobody."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    if route in OPEN | SECOND_STEP:
        return True
    return visit is not None and visit.full


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    return visit.user
