"""Caught by: test_alice_may_ask_again. Whoever uses a link ends those of all people."""

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    row = links.find_one_and_delete({"_id": fingerprint(token)})
    if row and row["expires_at"] > now:
        links.delete_many({})
        return row
    return None
