"""Caught by: test_an_id_from_before_the_login_is_not_alices. There is a new session; the old one got her name too."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    old = sessions.find(presented_id)
    if old is None:
        return sessions.create(user)

    old.user = user
    sessions.rows.update_one({"_id": sessions.key(old.id)}, {"$set": old.row()})
    return sessions.create(user, basket=old.basket)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
