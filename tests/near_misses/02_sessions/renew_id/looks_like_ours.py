"""Caught by: test_an_invented_id_is_never_adopted. An id of that length is the shop's own, it seems."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    session = sessions.find(presented_id)
    if session is None:
        ours = presented_id and len(presented_id) == len(sessions.new_id(user))
        return sessions.create(user, session_id=presented_id if ours else None)

    sessions.delete(session)
    return sessions.create(user, basket=session.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
