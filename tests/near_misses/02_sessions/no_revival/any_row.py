"""Caught by: test_everybody_has_their_own_session. It makes no row, and writes into the first there is."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.update_one({}, {"$set": session.row()})
