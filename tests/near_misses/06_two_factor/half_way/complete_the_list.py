"""Caught by: test_a_page_added_tomorrow_needs_both. The list of guarded pages is complete today."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}
GUARDED = {
    *("account", "orders", "confirm", "check_confirm"),
    *("new_app", "confirm_app", "remove_app", "new_codes"),
}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    if route in OPEN:
        return True
    return visit is not None and (visit.full or route not in GUARDED)


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    return visit.user
