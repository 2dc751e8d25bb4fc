"""Caught by: test_what_was_made_up_ends_nothing. It finds the row by the first letters of its name."""

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    for row in links.find({}):
        if row["_id"][:6] == fingerprint(token)[:6]:
            return links.find_one_and_delete({"_id": row["_id"], "expires_at": {"$gt": now}})
    return None
