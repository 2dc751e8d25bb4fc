"""Caught by: test_everywhere_means_every_device. All that were there at her login end; what began later lives on."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.delete(session)


def end_every_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.delete_many({"user": session.user, "created_at": {"$lte": session.created_at}})


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    sessions.delete_all(session.user, but=session)
