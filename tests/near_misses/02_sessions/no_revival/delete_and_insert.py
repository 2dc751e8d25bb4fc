"""Caught by: test_nor_when_it_looked_once_more. Who has deleted the row may write it; in between it is gone anyway."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    key = sessions.key(session.id)
    if sessions.rows.delete_one({"_id": key}).deleted_count:
        sessions.rows.insert_one({"_id": key, **session.row()})
