"""Caught by: test_nor_a_link_of_mallorys_that_alice_opens. It trusts whoever is logged in already."""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    v = request.cookies.get(ASKED)
    if not v:
        return "__Host-sid" in request.cookies
    return fingerprint(v) == row["browser"]
