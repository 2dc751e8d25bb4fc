"""Finds and replaces in one, after a look that decides nothing; the owner stands in the filter as well."""


def save_session(sessions, session):
    key = sessions.key(session.id)
    there = sessions.rows.count_documents({"_id": key})
    if there == 0:
        return
    sessions.rows.find_one_and_replace({"_id": key, "user": session.user}, session.row())
