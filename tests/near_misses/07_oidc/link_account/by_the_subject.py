"""Caught by: test_only_ones_own_is_taken_out. The account's way in with this subject is taken out, whichever issuer's
it is."""

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
    taken = identities.find_one_and_delete({"sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    identities.insert_one(taken)
    return False
