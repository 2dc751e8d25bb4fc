"""Caught by: test_an_id_from_before_the_login_is_not_alices. The id is new, and whoever knew the old one knows it."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    old = sessions.find(presented_id)
    if old is None:
        return sessions.create(user)

    sessions.delete(old)
    return sessions.create(user, session_id=old.id[::-1], basket=old.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
