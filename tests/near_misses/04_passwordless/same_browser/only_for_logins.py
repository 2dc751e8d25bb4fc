"""Caught by: test_nor_a_link_of_mallorys_that_alice_opens. It looks at links for logins, and not at those for
passwords.
"""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    if request.path != "/magic":
        return True
    return fingerprint(request.cookies.get(ASKED, "")) == row["browser"]
