"""Caught by: test_her_telephone_stays_logged_in. Every old id of hers is worth nothing, on her other devices too."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    old = sessions.find(presented_id)
    if old:
        sessions.delete(old)
    sessions.delete_all(user)
    return sessions.create(user, basket=old.basket if old else None)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
