"""Caught by: test_a_visit_uses_nothing_up. The address says that it is a form."""


def is_meant(request):
    return request.method == "POST" or request.values.get("_method", "").upper() == "POST"
