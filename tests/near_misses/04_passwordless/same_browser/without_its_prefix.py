"""Caught by: test_what_is_stored_is_no_cookie. It takes the cookie without its prefix as well, which other hosts can
set.
"""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    value = request.cookies.get(ASKED) or request.cookies.get("asked", "")
    return fingerprint(value) == row["browser"]
