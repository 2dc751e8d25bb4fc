"""Caught by: test_two_at_once_are_two. Two at once on one device read the same number."""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        if attempts.seen("device", device) >= PER_ACCOUNT:
            return False
        attempts.note("device", device)
        return True
    a, s = attempts.note("account", name), attempts.note("source", source)
    return a <= PER_ACCOUNT and s <= PER_SOURCE
