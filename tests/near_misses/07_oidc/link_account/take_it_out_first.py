"""Caught by: test_what_is_bobs_stays_his. The newer link counts: it deletes the older row."""

from datetime import timedelta

FRESH = timedelta(minutes=5)


def link(identities, session, transaction, identity, now):
    if session is None or session["_id"] != transaction["link"]:
        return False
    if session["proved_at"] is None or now - session["proved_at"] >= FRESH:
        return False

    identities.delete_many(dict(identity))
    identities.insert_one({**identity, "account": session["account"]})
    return True


def unlink(identities, account, identity):
    taken = identities.find_one_and_delete({**identity, "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    identities.insert_one(taken)
    return False
