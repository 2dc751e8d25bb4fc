"""Caught by: test_head_is_get. Nothing is declared for HEAD, so it is closed."""


def needed_for(request, declared):
    return declared.get(request.endpoint, {}).get(request.method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
