"""Caught by: test_a_slow_request_does_not_revive_what_expired. A log-out soon after the login holds."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    old = session.last_seen - session.created_at
    again = old.total_seconds() > 60
    sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row(), upsert=again)
