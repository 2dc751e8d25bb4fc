"""The store finds or makes the row in one operation; an account that is left without a way in gets its row back."""

import hmac

from pymongo import ReturnDocument

MINUTES = 4


def link(identities, session, transaction, identity, now):
    match session, transaction:
        case {"_id": str(here), "account": account, "proved_at": proved}, {"link": str(asked)}:
            if proved is None or not 0 <= (now - proved).total_seconds() < 60 * (MINUTES + 1):
                return False
            if not hmac.compare_digest(here.encode(), asked.encode()):
                return False
            row = identities.find_one_and_update(
                {"iss": identity["iss"], "sub": identity["sub"]},
                {"$setOnInsert": {"account": account}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
            return row["account"] == account
    return False


def unlink(identities, account, identity):
    rows = identities.find({"account": account})
    gone = [row for row in rows if row["iss"] == identity["iss"] and row["sub"] == identity["sub"]]
    if len(rows) <= 1 or not gone:
        return False
    if identities.delete_one({"_id": gone[0]["_id"]}).deleted_count == 0:
        return False
    if not identities.find({"account": account}):
        identities.update_one({"_id": gone[0]["_id"]}, {"$setOnInsert": gone[0]}, upsert=True)
        return False
    return True
