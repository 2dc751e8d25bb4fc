"""Write a session back when a request ends."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    """Update the row if it still exists: a log-out that came in between must hold (ASVS 7.4.1)."""
    sessions.rows.update_one({"_id": sessions.key(session.id)}, {"$set": session.row()})
