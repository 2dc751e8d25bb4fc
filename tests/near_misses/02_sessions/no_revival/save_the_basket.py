"""Caught by: test_being_there_is_noted. Only the basket ever changes, it seems; the time of the last visit does too."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.update_one({"_id": sessions.key(session.id)}, {"$set": {"basket": session.basket}})
