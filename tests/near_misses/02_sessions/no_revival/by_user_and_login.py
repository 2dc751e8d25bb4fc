"""Caught by: test_everybody_has_their_own_session. A user may have logged in twice at the same moment."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    own = {"user": session.user, "created_at": session.created_at}
    sessions.rows.update_one(own, {"$set": {"basket": session.basket, "last_seen": session.last_seen}})
