"""Say who may go where: half way is not logged in."""

from labsrv.kit.visits import Visit

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    """Name what is open, and what the second step needs; all else takes both steps (ASVS 6.3.3, 8.3.1)."""
    if route in OPEN:
        return True

    if route in SECOND_STEP:
        return visit is not None

    return visit is not None and visit.full
