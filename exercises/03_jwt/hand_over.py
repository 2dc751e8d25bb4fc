"""Keep the token of a month away from script.

The shop gives its app three tokens, and the app's script keeps them in `localStorage`. One line of script that somebody
smuggles into a page reads them all. The access token is over soon. The refresh token is good for thirty days, in any
browser, wherever it was read.

Script gets what it needs; what it does not need goes where no script can read it.  (RFC 6749, 5.1; OWASP ASVS 5.0,
3.3.1 to 3.3.4; CWE-922, CWE-1004)
"""

from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON that the app's script gets, and the arguments of Flask's `set_cookie`, `{}` for no cookie.

    For a new access token the shop looks into the cookie `__Host-refresh`, or into the form where there is none. A
    browser takes a cookie whose name begins with `__Host-` if it is `secure`, has the `path` "/" and no `domain`.
    """
    # TODO: The refresh token goes into that cookie (`key` and `value`), out of reach of script (`httponly`) and of
    # other sites (`samesite`, "Lax" or "Strict": lesson 02), and is kept for thirty days (`max_age`: seconds, or a
    # timedelta). Script gets the other two under their names, and what RFC 6749, 5.1, has besides: `token_type`, which
    # is "Bearer" in any case, and `expires_in`, a number of seconds: the access token is good for 900.
    body = {"access_token": access_token, "id_token": id_token, "refresh_token": refresh_token}
    return body, {}
