"""Caught by: test_everywhere_means_every_device. All are logged out, and the other devices keep the basket."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.update_many({"user": session.user}, {"$set": {"user": None}})
    sessions.delete(session)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
