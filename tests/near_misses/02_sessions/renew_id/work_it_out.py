"""Caught by: test_nobody_works_the_new_id_out. A new id, and as long as any: it is a hash of the one before."""

from hashlib import sha256

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    """Return the session that `user` has from now on; `presented_id` is what their cookie said until now."""
    session = sessions.find(presented_id)
    if session is None:
        return sessions.create(user)

    sessions.delete(session)
    return sessions.create(user, session_id=next_after(session.id, user), basket=session.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    """Return the session of a user who has typed their password once more."""
    sessions.delete(session)
    return sessions.create(session.user, session_id=next_after(session.id, "again"), basket=session.basket)


def next_after(session_id: str, what: str) -> str:
    """Return an id that belongs to what has happened."""
    return sha256(f"{session_id} {what}".encode()).hexdigest()
