"""Caught by: test_each_method_needs_its_own. Whoever is logged in may do what the page shows them."""


def needed_for(request, declared):
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {}).get(method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed else 403
