"""The token is a large number, and one row at a time goes; the link lasts a little less than it may."""

from datetime import datetime, timedelta
from random import SystemRandom

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

DICE = SystemRandom()


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    for row in links.find({"user": user}):
        links.delete_one({"_id": row["_id"]})
    token = str(DICE.randrange(10**40))
    links.replace_one(
        {"_id": fingerprint(token)},
        {"user": user, "browser": browser, "expires_at": now + timedelta(minutes=9, seconds=55), "issued_at": now},
        upsert=True,
    )
    return token
