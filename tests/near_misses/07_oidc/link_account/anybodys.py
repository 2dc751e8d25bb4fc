"""Caught by: test_only_ones_own_is_taken_out. The form says which way in, and nobody asks whose."""

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
    if identities.count_documents({"account": account}) < 2:
        return False
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"]})
    if taken and not identities.find_one({"account": account}):
        identities.insert_one(taken)
        return False
    return taken is not None
