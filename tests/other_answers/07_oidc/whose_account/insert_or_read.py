"""One operation makes the row or returns the one that is there; who it is comes first, and the address second."""

import uuid

from pymongo import ReturnDocument


def account_for(identities, accounts, issuer, claims):
    me = {"iss": issuer, "sub": claims["sub"]}
    match identities.find_one(me), claims:
        case {"account": account}, _:
            return account
        case None, {"email_verified": True, "email": str(email)} if email:
            if accounts.count_documents({"email": email}):
                return None
    new = {"$setOnInsert": {"account": str(uuid.uuid4())}}
    return identities.find_one_and_update(me, new, upsert=True, return_document=ReturnDocument.AFTER)["account"]
