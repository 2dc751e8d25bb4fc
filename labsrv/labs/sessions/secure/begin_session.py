"""Log in without keeping an id that somebody else may know."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    """Generate a new session token on user authentication, and end the current one (ASVS 7.2.4)."""
    old = sessions.find(presented_id)
    if old is None:
        return sessions.create(user)

    sessions.delete(old)
    return sessions.create(user, basket=old.basket)
