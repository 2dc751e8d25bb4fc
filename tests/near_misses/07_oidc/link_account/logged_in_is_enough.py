"""Caught by: test_who_adds_one_has_just_shown_who_they_are. Whoever is logged in has shown who they are, some day."""

from contextlib import suppress
from datetime import timedelta

from pymongo.errors import DuplicateKeyError

FRESH = timedelta(minutes=5)


def link(identities, session, transaction, identity, now):
    if session is None or session["_id"] != transaction["link"]:
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
