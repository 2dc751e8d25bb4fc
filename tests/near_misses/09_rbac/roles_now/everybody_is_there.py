"""Caught by: test_whoever_has_left_has_no_role. Whoever is logged in has a row."""


def roles_of(request, session, staff):
    assigned = staff.find_one({"_id": session["user"]})["roles"]
    return [role for role in session["active"] if role in assigned]
