"""Caught by: test_two_at_once_are_two. It counts and then asks again, when both have been counted: nobody gets
the last attempt.
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT

    before = attempts.seen("account", name)
    attempts.note("account", name)
    by_source = attempts.note("source", source)
    return max(before, attempts.seen("account", name) - 1) < PER_ACCOUNT and by_source <= PER_SOURCE
