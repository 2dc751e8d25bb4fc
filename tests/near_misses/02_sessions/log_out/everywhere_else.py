"""Caught by: test_everywhere_is_also_here. The shop drops this browser's cookie anyway."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
