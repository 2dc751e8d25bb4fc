"""Caught by: test_nor_when_it_looked_once_more. Looking twice makes the gap smaller, and leaves one."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    if sessions.find(session.id) and sessions.rows.count_documents({"_id": sessions.key(session.id)}):
        sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row(), upsert=True)
