"""Throw out whoever else is logged in, after the password was changed."""

from labsrv.kit.sessions import Session, Sessions


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    """Terminate all other active sessions of the user (ASVS 7.4.3)."""
    if session.user:
        sessions.delete_all(session.user, but=session)
