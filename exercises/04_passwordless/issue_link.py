"""Make a link that only its mailbox knows.

Whoever has the link is let in, so the link is a password that the shop chose. This shop makes it out of Alice's
name and of the time of day: Mallory, who asked for it, knows both. It keeps the token beside its fingerprint, so
that a stolen backup is a bunch of keys. It leaves the link valid for a day, and every older one as well.

Make a token that nobody can work out, of 128 random bits or more; let the store know it by its fingerprint only; let
it last for ten minutes, and let it be the only one of its user.
(OWASP ASVS 5.0, 6.5.3 and 6.5.5; CWE-340, CWE-312, CWE-613)
"""

from datetime import datetime, timedelta
from hashlib import md5

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    """Store a link and return its token. The shop looks for the row's `_id`, and at the other three fields.

    The `_id` is `fingerprint(token)`, its SHA-256; the fields are `user`, `browser` and `expires_at`. Python's module
    `secrets` asks the system's generator: `secrets.token_urlsafe(count)` is a text made of so many random bytes.
    The store in five operations: docs/store.md.
    """
    # TODO: Nobody can work the token out, the store does not know it, it is soon over, and it is the only one.
    token = md5(f"{user} {int(now.timestamp())}".encode()).hexdigest()
    row = {"user": user, "browser": browser, "expires_at": now + timedelta(days=1), "sent": token}
    links.replace_one({"_id": fingerprint(token)}, row, upsert=True)
    return token
