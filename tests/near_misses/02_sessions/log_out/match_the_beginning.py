"""Caught by: test_other_people_stay_logged_in. Her sessions match, and those of all whose names begin like hers."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.delete_many({"user": {"$gte": session.user, "$lt": session.user + "~"}})


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
