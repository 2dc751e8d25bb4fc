"""Caught by: test_it_works_once. It remembers what was used, until the shop is restarted."""

from labsrv.kit.fingerprints import fingerprint

USED = set()


def take_link(links, token, now):
    if token in USED:
        return None
    row = links.find_one({"_id": fingerprint(token)})
    if row and row["expires_at"] > now:
        USED.add(token)
        return row
    return None
