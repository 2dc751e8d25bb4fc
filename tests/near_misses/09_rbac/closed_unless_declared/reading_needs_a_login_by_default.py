"""Caught by: test_what_nobody_declared_is_closed. What is read needs a login, if nothing else is said."""


def needed_for(request, declared):
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {"GET": "logged in"}).get(method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
