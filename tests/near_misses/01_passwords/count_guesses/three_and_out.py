"""Caught by: test_alice_may_mistype. Three attempts are what others allow, and what people need."""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= 3

    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= 3 and by_source <= PER_SOURCE
