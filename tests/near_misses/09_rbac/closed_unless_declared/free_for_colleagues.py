"""Caught by: test_what_nobody_declared_is_closed. Strangers are out, and colleagues may see what is new."""


def needed_for(request, declared):
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {}).get(method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed in (None, "logged in", *user["permissions"]) else 403
