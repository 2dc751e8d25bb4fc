"""The whole row is replaced, and nothing is made where there is none."""

from labsrv.kit.sessions import Session, Sessions


def save_session(sessions: Sessions, session: Session) -> None:
    result = sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row(), upsert=False)
    if not result.matched_count:
        return None
