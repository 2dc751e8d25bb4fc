"""Caught by: test_who_asked_gets_it. The number of the session begins with what the login says."""

from contextlib import suppress
from datetime import timedelta

from pymongo.errors import DuplicateKeyError

FRESH = timedelta(minutes=5)


def link(identities, session, transaction, identity, now):
    if not session or not transaction["link"] or not session["_id"].startswith(transaction["link"]):
        return False
    if session["proved_at"] is None or now - session["proved_at"] >= FRESH:
        return False

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": session["account"]})
    return identities.find_one(identity)["account"] == session["account"]


def unlink(identities, account, identity):
    taken = identities.find_one_and_delete({**identity, "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    identities.insert_one(taken)
    return False
