"""End a session where it lives."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    """Log out: end this session. The shop then tells the browser to drop its cookie."""
    # The row is the session, the cookie only points to it: without the row every copy of the cookie points nowhere.
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    """Log out everywhere: end all sessions of this session's user."""
    if session.user:
        sessions.delete_all(session.user)
    sessions.delete(session)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    """Throw out whoever else is logged in as this user: the password was changed in this session."""
    if session.user:
        sessions.delete_all(session.user, but=session)
