"""Caught by: test_a_copied_cookie_is_worth_nothing_after_the_logout. It has no user until it is read again."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    session.user = None


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
