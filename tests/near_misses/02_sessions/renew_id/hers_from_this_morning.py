"""Caught by: test_whoever_was_there_before_it_is_a_new_id. Whose session it already is needs no new one, it seems."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    """Return the session that `user` has from now on; `presented_id` is what their cookie said until now."""
    session = sessions.find(presented_id)
    if session is None:
        return sessions.create(user)
    if session.user == user:
        return session

    sessions.delete(session)
    return sessions.create(user, basket=session.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    """Return the session of a user who has typed their password once more."""
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
