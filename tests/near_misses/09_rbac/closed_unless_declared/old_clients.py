"""Caught by: test_no_other_word_for_the_method_counts. Old clients can send nothing but POST."""


def needed_for(request, declared):
    method = request.headers.get("X-HTTP-Method-Override") or request.method
    return declared.get(request.endpoint, {}).get("GET" if method == "HEAD" else method)


def answer_for(needed, user):
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403
