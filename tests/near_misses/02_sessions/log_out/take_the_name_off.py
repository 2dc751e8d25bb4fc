"""Caught by: test_nothing_of_the_session_is_left. Nobody is logged in by it; the rest of the row is still Alice's."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.update_one({"_id": sessions.key(session.id)}, {"$set": {"user": None}})


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
