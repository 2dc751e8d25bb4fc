"""Caught by: test_a_revoked_role_is_gone_at_once. The row is read when somebody first comes."""

ROWS = {}


def roles_of(request, session, staff):
    row = ROWS.setdefault(session["user"], staff.find_one({"_id": session["user"]}))
    return [role for role in session["active"] if role in row["roles"]]
