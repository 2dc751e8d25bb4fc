"""Caught by: test_a_visit_uses_nothing_up. Whoever only looks can say that there is a form."""


def is_meant(request):
    return request.method == "POST" or request.content_type == "application/x-www-form-urlencoded"
