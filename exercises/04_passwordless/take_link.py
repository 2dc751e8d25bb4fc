"""Use a link up.

Alice logs in with her link, has her tea and logs out. The mail is still open on her screen; Mallory sits down,
clicks the link, and is Alice. The shop looked the link up and left it where it was; that it had a date did not
matter.

Let a link work once, also when it comes twenty times at the same moment, and not after its time.
(OWASP ASVS 5.0, 6.5.1 and 6.5.5; CWE-294, CWE-367, CWE-613)
"""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    """Return the row of the link with this token, or None; the row's `expires_at` says when its time is over.

    A row's `_id` is `fingerprint(token)`. `expires_at` and `now` are moments in UTC, which can be compared.
    The store in five operations: docs/store.md.
    """
    # TODO: No two callers get the same row, ever; and nobody gets one whose time is over.
    return links.find_one({"_id": fingerprint(token)})
