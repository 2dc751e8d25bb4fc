"""Caught by: test_strangers_are_asked_to_log_in. A page that a person opens shows nothing to strangers by itself."""


def needed_for(request, declared):
    if request.endpoint == "pay" and request.accept_mimetypes.best == "text/html":
        return "public"
    method = "GET" if request.method == "HEAD" else request.method
    return declared.get(request.endpoint, {}).get(method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
