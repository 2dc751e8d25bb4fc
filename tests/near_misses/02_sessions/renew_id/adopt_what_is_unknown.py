"""Caught by: test_an_invented_id_is_never_adopted. What the shop issued is renewed; what it never issued is taken."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    old = sessions.find(presented_id)
    if old is None:
        return sessions.create(user, session_id=presented_id)

    sessions.delete(old)
    return sessions.create(user, basket=old.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
