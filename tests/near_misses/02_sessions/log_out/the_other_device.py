"""Caught by: test_everywhere_means_every_device. Tried with two devices, it works."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)
    sessions.rows.delete_one({"user": session.user})


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
