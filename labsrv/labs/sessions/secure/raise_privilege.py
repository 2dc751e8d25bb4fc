"""Confirm an identity without lending the new right to an old id."""

from labsrv.kit.sessions import Session, Sessions


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    """Generate a new session token on re-authentication, and end the current one (ASVS 7.2.4).

    The shop notes when the password was typed, and that the login was earlier (7.3.2).
    """
    sessions.delete(session)
    return sessions.create(session.user, basket=session.basket)
