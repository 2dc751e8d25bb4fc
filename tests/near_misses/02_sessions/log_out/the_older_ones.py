"""Caught by: test_a_new_password_throws_the_others_out. Who came before her is out; who came later is not."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.rows.delete_many({"user": session.user, "created_at": {"$lt": session.created_at}})
