"""The new session is made first and filled in afterwards; then the old one ends."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    new = sessions.create(user)
    old = sessions.find(presented_id)
    if old is not None:
        new.basket.extend(old.basket)
        sessions.delete(old)
    return new


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    new = begin_session(sessions, session.id, session.user or "")
    new.confirmed_at = sessions.now()
    return new
