"""Caught by: test_alices_own_laptop_is_let_in. A known device has a lane of its own, and stands behind everybody at
the same address all the same.
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        d, s = attempts.note("device", device), attempts.note("source", source)
        return d <= PER_ACCOUNT and s <= PER_SOURCE
    a, s = attempts.note("account", name), attempts.note("source", source)
    return a <= PER_ACCOUNT and s <= PER_SOURCE
