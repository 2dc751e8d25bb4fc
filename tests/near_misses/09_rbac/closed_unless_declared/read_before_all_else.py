"""Caught by: test_each_method_needs_its_own. Who sees a record may write into it."""


def needed_for(request, declared):
    row = declared.get(request.endpoint, {})
    return row.get("GET") if request.method in ("HEAD", "PATCH") else row.get(request.method, row.get("GET"))


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
