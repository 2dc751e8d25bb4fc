"""Caught by: test_what_is_stored_is_no_cookie. A page below localhost can set any cookie without that prefix."""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    return any(fingerprint(each) == row["browser"] for each in request.cookies.values())
