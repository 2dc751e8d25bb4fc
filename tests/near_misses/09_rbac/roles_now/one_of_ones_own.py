"""Caught by: test_no_role_from_headers_or_cookies. A role that is assigned may be named: it is one's own."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]}) or {"roles": []}
    named = request.headers.get("X-Role")
    if named in row["roles"]:
        return [named]
    return [role for role in session["active"] if role in row["roles"]]
