"""Caught by: test_two_at_once_are_two. The account is counted and asked in one step; of the source two at once read
the same number.
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT
    if attempts.seen("source", source) >= PER_SOURCE:
        return False
    attempts.note("source", source)
    return attempts.note("account", name) <= PER_ACCOUNT
