"""Caught by: test_a_visit_uses_nothing_up. HEAD is for looking, and so is GET."""

from flask import Request


def is_meant(request: Request) -> bool:
    return request.method != "HEAD"
