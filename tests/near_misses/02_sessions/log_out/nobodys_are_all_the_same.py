"""Caught by: test_other_people_stay_logged_in. A stranger logs out, and with them all who are nobody."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    if session.user:
        sessions.delete(session)
    else:
        sessions.delete_all(session.user)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
