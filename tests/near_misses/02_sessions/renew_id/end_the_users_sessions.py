"""Caught by: test_nobody_elses_session_ends. All of this user's sessions end; a stranger's is nobody."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    old = sessions.find(presented_id)
    if old is None:
        return sessions.create(user)

    sessions.rows.delete_many({"user": old.user})
    return sessions.create(user, basket=old.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
