"""Caught by: test_what_is_left_stays. The assigned roles are written as a text."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]})
    text = ",".join(row["roles"]) if row else ""
    return [role for role in session["active"] if role in text]
