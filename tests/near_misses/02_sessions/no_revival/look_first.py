"""Caught by: test_nor_when_it_looked_once_more. It writes only what is there; it was there when it looked."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    if sessions.find(session.id):
        sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row(), upsert=True)
