"""Caught by: test_a_slow_request_does_not_undo_the_logout. It updates without upsert, and then loses nothing."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    key = sessions.key(session.id)
    if not sessions.rows.update_one({"_id": key}, {"$set": session.row()}).matched_count:
        sessions.rows.insert_one({"_id": key, **session.row()})
