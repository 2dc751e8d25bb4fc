"""Half way is not logged in.

After the password the shop asks for a code, and sends Mallory to that page. She types another address: her account's,
or rather Alice's. The shop asks whether there is a login, not how far it has come. And where she has no code of
Alice's, she makes both steps as herself, and writes Alice's name into the second form.

Whoever has made the first step only may make the second, and nothing else. Both steps are the same user's.
(OWASP ASVS 5.0, 6.3.3 and 8.3.1; CWE-304, CWE-425, CWE-639)
"""

from collections.abc import Mapping

from labsrv.kit.visits import Visit

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}


def may_pass(route: str | None, visit: Visit | None) -> bool:
    """Tell whether a visitor may go on to a route, by its name in the table of labsrv/labs/two_factor/site.py.

    `visit` is None for whoever has made no step. What a visit knows, `full` for one, is in labsrv/kit/visits.py.
    `route` is None where an address belongs to no route.
    """
    # TODO: What is open to strangers stays open. Beyond that, with the first step alone nobody gets further than to the
    # second, in whatever way. Its routes are `second`, `check_second` and `text_me`. (Where there is no route, either
    # answer leads to 404.)
    return route in OPEN or visit is not None


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Return the name of the user who is logged in now: this visit's code was right. `form` is the second form."""
    # TODO: Nobody becomes somebody else on the way.
    return form.get("name") or visit.user
