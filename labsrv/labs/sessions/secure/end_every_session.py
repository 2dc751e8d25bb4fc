"""Log out everywhere."""

from labsrv.kit.sessions import Session, Sessions


def end_every_session(sessions: Sessions, session: Session) -> None:
    """End all sessions of this session's user, this one included (ASVS 7.5.2)."""
    if session.user:
        sessions.delete_all(session.user)
    sessions.delete(session)
