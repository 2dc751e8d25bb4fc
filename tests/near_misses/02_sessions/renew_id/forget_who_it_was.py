"""Caught by: test_alice_sees_her_card. The old session ends and a new one begins, and it is nobody's."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    session = sessions.find(presented_id)
    if session is None:
        return sessions.create(user)

    sessions.delete(session)
    return sessions.create(user, basket=session.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(basket=session.basket)
