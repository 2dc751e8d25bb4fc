"""Caught by: test_what_is_stored_is_no_cookie. It takes the value from the form, where whoever wrote the form has put
it.
"""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    value = request.values.get(ASKED) or request.cookies.get(ASKED, "")
    return fingerprint(value) == row["browser"]
