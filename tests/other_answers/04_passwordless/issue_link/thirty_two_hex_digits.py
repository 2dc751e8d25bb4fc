"""128 bits, the fewest there may be, in hexadecimal; the row is put in before the older ones go."""

import os
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def issue_link(links, user, browser, now):
    token = os.urandom(16).hex()
    row = {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + timedelta(seconds=600)}
    links.insert_one(row)
    links.delete_many({"user": user, "_id": {"$ne": row["_id"]}})
    return token
