"""Give the visitor a new session id when they log in.

Mallory used the café's computer before Alice did. She put a tea into the basket, wrote down the session id, and left.
Then Alice logged in, in the same browser, and the shop wrote her name into the session that was already there. Now
Mallory's note is a key to Alice's account. The same happens when Alice types her password again to see her card:
whoever knew the id before may see the card as well.

An id from before must be worth nothing after. What `sessions` can do stands in labsrv/kit/sessions.py; when the login
was, and when the password was typed again, the shop notes by itself.  (OWASP ASVS 5.0, 7.2.4; CWE-384)
"""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    """Return the session that `user` has from now on; `presented_id` is what their cookie said until now."""
    # TODO: Whoever knew the visitor's id before the login knows nothing after it, and the session that it opened is
    #       gone. The basket comes along. The same holds for whoever was logged in already.
    session = sessions.find(presented_id)
    if session is None:
        return sessions.create(user, session_id=presented_id)

    session.user = user
    return session


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    """Return the session of a user who has typed their password once more."""
    # TODO: The same holds here, each time.
    return session
