"""Caught by: test_what_was_made_up_ends_nothing. It takes the name of the row as well as the token: who reads the
table is let in.
"""

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    row = links.find_one_and_delete({"_id": {"$in": [token, fingerprint(token)]}})
    return row if row and row["expires_at"] > now else None
