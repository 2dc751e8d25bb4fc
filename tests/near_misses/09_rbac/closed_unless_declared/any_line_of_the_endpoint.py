"""Caught by: test_each_method_needs_its_own. The first line of an endpoint is what it needs."""


def needed_for(request, declared):
    return next(iter(declared.get(request.endpoint, {}).values()), None)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
