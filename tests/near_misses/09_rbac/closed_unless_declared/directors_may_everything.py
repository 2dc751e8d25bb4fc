"""Caught by: test_a_permission_is_that_very_name. Directors are not kept waiting."""


def needed_for(request, declared):
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {}).get(method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    if needed and "director" in user["roles"]:
        return 200
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
