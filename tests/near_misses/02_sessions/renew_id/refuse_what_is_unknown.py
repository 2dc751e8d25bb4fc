"""Caught by: test_an_old_cookie_is_no_obstacle. Whoever brings an unknown id is up to something, or was here in May."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session | None:
    old = sessions.find(presented_id)
    if old is None:
        return None if presented_id else sessions.create(user)

    sessions.delete(old)
    return sessions.create(user, basket=old.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
