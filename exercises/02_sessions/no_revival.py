"""Let the dead rest.

When a request ends, the shop writes its session back: the basket, and when the visitor was last seen. Mallory has a
copy of Alice's cookie and sends a request that takes its time. Meanwhile Alice logs out, and the session is deleted.
Then Mallory's request ends, writes what it read at its beginning, and the session is there again.

What was ended while a request was under way stays ended.  (OWASP ASVS 5.0, 7.4.1; CWE-613)
"""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    """Write the session back to its row in `sessions.rows`; its `_id` is `sessions.key(session.id)`.

    `session` is a copy of that row, as it was when the request began.
    The store in five operations: docs/store.md.
    """
    # TODO: A session that is gone by now stays gone, whenever it went. One that is still there is saved as it is, and
    #       no other row is touched.
    sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row(), upsert=True)
