"""Caught by: test_a_permission_is_that_very_name. A star is everything."""


def needed_for(request, declared):
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {}).get(method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or (needed and {needed, "*"} & set(user["permissions"])) else 403
