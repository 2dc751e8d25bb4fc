"""Let the dead rest."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    """Write the session back to its row in `sessions.rows`; its `_id` is `sessions.key(session.id)`."""
    # One operation both looks and writes, and makes no row where there is none: nothing can come in between.
    sessions.rows.update_one({"_id": sessions.key(session.id)}, {"$set": session.row()})
