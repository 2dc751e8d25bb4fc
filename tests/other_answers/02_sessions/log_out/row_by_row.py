"""The user's rows are read and ended one by one; whoever is left is told by the row's name."""

from labsrv.kit.sessions import Session, Sessions


def end_session(sessions: Sessions, session: Session) -> None:
    sessions.rows.find_one_and_delete({"_id": sessions.key(session.id)})


def end_every_session(sessions: Sessions, session: Session) -> None:
    end_other_sessions(sessions, session)
    end_session(sessions, session)


def end_other_sessions(sessions: Sessions, session: Session) -> None:
    own = sessions.key(session.id)
    for row in sessions.of(session.user):
        if row["_id"] != own:
            sessions.rows.delete_one({"_id": row["_id"], "user": session.user})
