"""Caught by: test_nothing_of_the_session_is_left. Who never logged in has nothing to end but a basket."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    if session.user is not None:
        sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
