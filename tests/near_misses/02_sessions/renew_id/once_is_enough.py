"""Caught by: test_an_id_from_before_the_confirmation_shows_no_card. The id is new after the first confirmation."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    session = sessions.find(presented_id)
    if session is None:
        return sessions.create(user)

    sessions.delete(session)
    return sessions.create(user, basket=session.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    if session.confirmed_at:
        return session

    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
