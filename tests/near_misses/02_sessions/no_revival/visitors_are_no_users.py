"""Caught by: test_nor_does_it_undo_the_login. It minds who is logged in, and makes a visitor's session anew."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row(), upsert=session.user is None)
