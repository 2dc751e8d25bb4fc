"""Caught by: test_nobody_elses_session_is_written. Where its own row is gone, the user has another one, for the tea."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    saved = sessions.rows.update_one({"_id": sessions.key(session.id)}, {"$set": session.row()})
    if not saved.matched_count:
        sessions.rows.update_one({"user": session.user}, {"$set": {"basket": session.basket}})
