"""Caught by: test_half_way_nobody_sets_up_an_app. Who has no app yet has to set one up before the code: so the
page is open half way.
"""

from collections.abc import Mapping

from labsrv.kit.visits import Visit

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me", "new_app", "confirm_app"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    if route in OPEN:
        return True
    if route in SECOND_STEP:
        return visit is not None
    return visit is not None and visit.full


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    return visit.user
