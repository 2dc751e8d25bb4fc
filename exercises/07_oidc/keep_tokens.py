"""Keep a provider's tokens away from the browser.

The shop has an access token and an ID token now, and puts them where its page's script can have them: into the
session's cookie, behind what the provider calls the session (`sid`). One line of script that somebody smuggles into a
page reads Alice's token, and with it her profile at the provider. And that `sid` is known to the tea club as well.

The shop is a backend for its own pages: it keeps the tokens, and the browser gets a number that says nothing.
(RFC 10017, OAuth 2.0 for Browser-Based Applications, 6.1; RFC 6750, 5.2 and 5.3; OWASP ASVS 5.0, 7.2.3, 7.2.4 and
10.1.1; CWE-340, CWE-522)
"""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the row of a new session, and the arguments of Flask's `set_cookie`.

    The row has everything that `login` has, `tokens` too, as it is, and `began_at`; its `_id` is the `fingerprint` of
    the cookie's `value`: by that the shop finds it. `login["sid"]` may be None. The shop reads the cookie `__Host-sid`.
    Both have texts, numbers, dates and the like; a `max_age`, if you want one, is in seconds.
    """
    # TODO: The cookie's value is a text of 200 characters at most that says nothing of the login and does not follow
    # from it: at least 128 bits of it are drawn at random, anew at each login. It is in the cookie and nowhere in the
    # row. Script can't read it, and no form on another site sends it along; whoever comes back from a provider, which
    # is another site as well, is in at once.
    value = f"{login['sid'] or login['sub']}.{login['tokens']['access_token']}"
    row = login | {"_id": fingerprint(value), "began_at": now}
    cookie = {"key": "__Host-sid", "value": value, "path": "/", "secure": True, "httponly": False, "samesite": "None"}
    return row, cookie
