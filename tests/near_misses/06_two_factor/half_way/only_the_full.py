"""Caught by: test_half_way_one_may_make_the_second_step. Both steps for everything, for the second one as well."""

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
    return visit is not None and visit.full


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    return visit.user
