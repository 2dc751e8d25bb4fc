"""Give the visitor a new session id when they log in."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    """Return the session that `user` has from now on; `presented_id` is what their cookie said until now."""
    session = sessions.find(presented_id)
    if session is None:
        return sessions.create(user)

    # A new id, and an end to the old one: what somebody noted before the login now opens nothing.
    sessions.delete(session)
    return sessions.create(user, basket=session.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    """Return the session of a user who has typed their password once more."""
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
