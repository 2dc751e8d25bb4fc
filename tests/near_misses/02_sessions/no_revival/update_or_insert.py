"""Caught by: test_a_slow_request_does_not_undo_the_logout. An update changes what is there; this one also makes it."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.update_one({"_id": sessions.key(session.id)}, {"$set": session.row()}, upsert=True)
