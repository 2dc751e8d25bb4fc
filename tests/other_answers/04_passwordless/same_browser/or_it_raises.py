"""A missing cookie is a KeyError, which is a no."""

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row, request):
    try:
        return fingerprint(request.cookies[ASKED]) == row["browser"]
    except KeyError:
        return False
