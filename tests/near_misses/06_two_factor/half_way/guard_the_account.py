"""Caught by: test_half_way_every_route_leads_to_the_second_step. The account is guarded; the app and the rest
were forgotten.
"""

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
    return visit is not None and (visit.full or route != "account")


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    return visit.user
