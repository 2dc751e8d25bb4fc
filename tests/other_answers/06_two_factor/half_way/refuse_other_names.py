"""It refuses a second form with another name in it."""

from flask import abort

from labsrv.kit.visits import Visit


def who_enters(visit, form):
    if form.get("name", visit.user) != visit.user:
        abort(403)
    return visit.user


OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}

SECOND_STEP = {"second", "check_second", "text_me"}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    """Tell whether a visitor may go on to a route, by its name in the table of labsrv/labs/two_factor/site.py."""
    if route in OPEN:
        return True
    if route in SECOND_STEP:
        return visit is not None
    return visit is not None and visit.full
