"""End a session where it lives.

Alice logs out, and her browser forgets its cookie. Mallory, who had copied the cookie an hour before, forgets nothing:
the shop still knows it. Then Alice chooses "log out everywhere", and means her lost tablet. Then she changes her
password, since somebody may know the old one. Whoever is logged in with it stays logged in.

A session that was ended opens nothing, on any device, for anybody.  (OWASP ASVS 5.0, 7.4.1 and 7.4.3; CWE-613)
"""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    """Log out: end this session. The shop then tells the browser to drop its cookie.

    What `sessions` can do is in labsrv/kit/sessions.py. `session` is a copy of what is in the store.
    """
    # TODO: From now on this session opens nothing and shows nothing, whoever has its cookie. Others go on.


def end_every_session(sessions: Sessions, session: Session) -> None:
    """Log out everywhere: end all sessions of this session's user."""
    # TODO: The user is logged out on every device, this one included. Other users are not.
    sessions.delete(session)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    """Throw out whoever else is logged in as this user: the password was changed in this session."""
    # TODO: Of this user's sessions this one is left, and no other.
