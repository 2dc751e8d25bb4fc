"""Caught by: test_it_works_once_also_at_the_same_moment. A wait of any length stands between the look and the mark."""

import random
import time

from labsrv.kit.fingerprints import fingerprint


def take_link(links, token, now):
    row = links.find_one({"_id": fingerprint(token), "used": None})
    time.sleep(random.random() / 5)
    if row and row["expires_at"] > now:
        links.find_one_and_update({"_id": row["_id"]}, {"$set": {"used": True}})
        return row
    return None
