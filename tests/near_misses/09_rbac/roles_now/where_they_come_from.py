"""Caught by: test_no_role_from_headers_or_cookies. Whoever comes from HR's pages is HR."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]}) or {"roles": []}
    now = [role for role in session["active"] if role in row["roles"]]
    return [*now, "hr"] if "hr" in (request.referrer or "") else now
