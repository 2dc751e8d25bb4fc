"""Caught by: test_a_visit_uses_nothing_up. Some frameworks let a header say that a visit is a form."""


def is_meant(request):
    return request.method == "POST" or request.headers.get("X-HTTP-Method-Override") == "POST"
