"""Caught by: test_what_is_stored_is_no_cookie. Any part of the fingerprint does."""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    v = request.cookies.get(ASKED)
    return bool(v) and row["browser"] in fingerprint(v)
