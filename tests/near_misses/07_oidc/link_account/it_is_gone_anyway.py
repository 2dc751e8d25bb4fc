"""Caught by: test_the_last_one_stays. What is not there needs no taking out, so it says that it was."""

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
    mine = {**identity, "account": account}
    if identities.find_one({"account": account, "$nor": [dict(identity)]}) is None and identities.find_one(mine):
        return False
    taken = identities.find_one_and_delete(mine)
    if taken and not identities.find_one({"account": account}):
        identities.insert_one(taken)
        return False
    return True
