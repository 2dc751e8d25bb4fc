"""Caught by: test_the_confirmation_is_kept. Three fields change with each visit; a confirmation changes a fourth."""

from labsrv.kit.sessions import Session, Sessions

CHANGING = ("basket", "last_seen", "confirmed_at")


def save_session(sessions: Sessions, session: Session) -> None:
    changed = {name: getattr(session, name) for name in CHANGING}
    sessions.rows.update_one({"_id": sessions.key(session.id)}, {"$set": changed})
