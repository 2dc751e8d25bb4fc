"""Caught by: test_a_permission_is_that_very_name. Who may do something with a thing may do it all."""


def needed_for(request, declared):
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {}).get(method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    held = [*user["permissions"], *(each.partition(":")[0] for each in user["permissions"])]
    return 200 if needed == "logged in" or needed in held else 403
