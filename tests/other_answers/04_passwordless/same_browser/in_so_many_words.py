"""It compares with ==, after it has looked at everything that may be missing."""

from labsrv.kit.fingerprints import fingerprint


def from_same_browser(row, request):
    asked = request.cookies.get("__Host-asked")
    if asked is None or not asked.strip():
        return False
    return row.get("browser") == fingerprint(asked)
