"""Caught by: test_one_source_gets_twenty_attempts. No account can be guessed at, and all of them can be tried
once.
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT

    return attempts.note("account", name) <= PER_ACCOUNT
