"""Caught by: test_the_basket_comes_along. Nothing of the old session is trusted, the tea in it neither."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    old = sessions.find(presented_id)
    if old:
        sessions.delete(old)
    return sessions.create(user)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
