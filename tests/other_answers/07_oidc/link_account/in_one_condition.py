"""All conditions of a link are one, and one's own is not added twice; two ways in that go at once are both put
back."""

from datetime import timedelta

from pymongo.errors import DuplicateKeyError


def link(identities, session, transaction, identity, now):
    asked = session is not None and transaction["link"] is not None and session["_id"] == transaction["link"]
    if not (asked and session["proved_at"] and session["proved_at"] > now - timedelta(seconds=300)):
        return False
    try:
        identities.insert_one({"iss": identity["iss"], "sub": identity["sub"], "account": session["account"]})
    except DuplicateKeyError:
        return False
    return True


def unlink(identities, account, identity):
    mine = {"iss": identity["iss"], "sub": identity["sub"], "account": account}
    this = (identity["iss"], identity["sub"])
    others = [row for row in identities.find({"account": account}) if (row["iss"], row["sub"]) != this]
    if not others or not identities.delete_one(mine).deleted_count:
        return False
    if identities.count_documents({"account": account}):
        return True
    identities.insert_one(mine)
    return False
