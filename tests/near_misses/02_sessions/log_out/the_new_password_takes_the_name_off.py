"""Caught by: test_a_new_password_throws_the_others_out. They are logged out, and the basket stays in their sessions."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    for row in sessions.of(session.user):
        if row["_id"] != sessions.key(session.id):
            sessions.rows.update_one({"_id": row["_id"]}, {"$set": {"user": None, "confirmed_at": None}})
