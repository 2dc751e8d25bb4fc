"""Caught by: test_a_visit_uses_nothing_up. A form in the body of a visit is no click."""


def is_meant(request):
    return bool(request.form)
