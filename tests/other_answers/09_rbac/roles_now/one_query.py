"""Asks the store which of the active roles is assigned, one question each."""


def roles_of(request, session, staff):
    return [each for each in session["active"] if staff.count_documents({"_id": session["user"], "roles": each})]
