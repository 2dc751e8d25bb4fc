"""Caught by: test_alice_stays_logged_in_where_she_changed_her_password. Nobody stays in by the old password."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)
