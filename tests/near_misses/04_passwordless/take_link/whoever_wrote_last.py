"""Caught by: test_nor_while_another_is_under_way. It signs the row, and looks whether it is the one who did; another
one signs it later and is right as well.
"""

import secrets

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    me = secrets.token_hex(8)
    key = fingerprint(token)
    links.update_one({"_id": key, "used": {"$ne": True}}, {"$set": {"by": me}})
    row = links.find_one({"_id": key, "by": me, "expires_at": {"$gt": now}, "used": {"$ne": True}})
    if row:
        links.update_one({"_id": key}, {"$set": {"used": True}})
    return row
