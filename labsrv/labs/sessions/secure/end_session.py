"""Log out where the truth lives: on the server."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    """Disallow any further use of the session (ASVS 7.4.1)."""
    sessions.delete(session)
