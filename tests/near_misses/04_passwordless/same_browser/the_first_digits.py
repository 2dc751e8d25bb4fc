"""Caught by: test_what_is_stored_is_no_cookie. It compares the first digits of the fingerprint."""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    return fingerprint(request.cookies.get(ASKED, ""))[:8] == row["browser"][:8]
