"""Caught by: test_a_slow_request_does_not_undo_the_logout. It takes the row away again, which was there meanwhile."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    key = sessions.key(session.id)
    was_there = sessions.rows.replace_one({"_id": key}, session.row(), upsert=True).matched_count
    if not was_there:
        sessions.rows.delete_one({"_id": key})
