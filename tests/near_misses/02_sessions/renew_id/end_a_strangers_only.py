"""Caught by: test_whoever_was_there_before_it_is_a_new_id. A stranger's session ends; somebody else's is theirs."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    session = sessions.find(presented_id)
    if session is None or session.user not in (None, user):
        return sessions.create(user)

    sessions.delete(session)
    return sessions.create(user, basket=session.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
