"""Caught by: test_head_is_get. A HEAD has no body, so nothing can be read."""


def needed_for(request, declared):
    if request.method == "HEAD":
        return "public"
    return declared.get(request.endpoint, {}).get(request.method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
