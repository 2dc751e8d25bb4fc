"""Keep tokens where no script has them.

The shop hands Alice's access token to her browser, so that its pages can ask the provider themselves. In a review that
Mallory has written there is one line of script. It reads `document.cookie`, and Mallory has the token. The cookie also
has what the provider calls the session, its `sid`. Each application that Alice uses with this provider reads that in
its ID token, and one of them is Mallory's tea club.

A shop with a server is a *backend for frontend*: tokens stay in the session's row, and the browser gets a number that
was drawn for it. The store has the number's fingerprint only: whoever reads a backup has no cookie.
(RFC 10017, 6.1; RFC 6750, 5.3; OWASP ASVS 5.0, 3.3.2, 3.3.4, 7.2.3, 7.2.4 and 10.1.1; CWE-340, CWE-522, CWE-1004)
"""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the row of the session that begins with a login, and the arguments of Flask's `response.set_cookie`.

    The row has all that is in `login`, as it is: `account`, `tokens` and the rest; `began_at`, which is `now`; and for
    its `_id` the `fingerprint` of the cookie's value, by which the shop finds it. The cookie's `key` is "__Host-sid",
    and browsers take a cookie of such a name only with `path="/"` and `secure=True` (RFC 6265bis, 4.1.3.2).
    """
    # TODO: The cookie's value is drawn anew at each login, 128 random bits or more, by a generator for secrets. It is
    #       made of nothing else: not of the login, nor of the time. It stands nowhere in the row. No script reads the
    #       cookie. A form from elsewhere goes without it, and people who come back from the provider by a link have
    #       it with them: do not rely on the browser's default, set `samesite` (Strict, Lax or None: lesson 02).
    value = f"{login['sid']}.{login['tokens']['access_token']}"
    row = login | {"_id": fingerprint(value), "began_at": now}
    return row, {"key": "__Host-sid", "value": value, "path": "/", "secure": True}
