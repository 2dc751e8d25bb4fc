"""Caught by: test_what_nobody_declared_is_closed. A method that is not declared needs what another one does."""


def needed_for(request, declared):
    row = declared.get(request.endpoint, {})
    if request.method in row:
        return row[request.method]
    return next(iter(row.values()), None)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
