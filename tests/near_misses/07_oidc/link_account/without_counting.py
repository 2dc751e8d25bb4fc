"""Caught by: test_the_last_one_stays. It does not count how many are left."""

from contextlib import suppress
from datetime import timedelta

from pymongo.errors import DuplicateKeyError

FRESH = timedelta(minutes=5)


def link(identities, session, transaction, identity, now):
    if session is None or session["_id"] != transaction["link"]:
        return False
    if session["proved_at"] is None or now - session["proved_at"] >= FRESH:
        return False

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": session["account"]})
    return identities.find_one(identity)["account"] == session["account"]


def unlink(identities, account, identity):
    return identities.delete_one({**identity, "account": account}).deleted_count == 1
