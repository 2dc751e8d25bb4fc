"""Caught by: test_the_last_one_stays. One is left before it is taken out, and none afterwards."""

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
    if identities.count_documents({"account": account}) < 1:
        return False
    return identities.delete_one({**identity, "account": account}).deleted_count == 1
