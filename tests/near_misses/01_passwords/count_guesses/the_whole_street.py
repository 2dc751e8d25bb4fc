"""Caught by: test_others_are_not_concerned. Whoever has an address has its neighbours, mostly: and they are shut out
with her.
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return (request.remote_addr or "").rsplit(".", 1)[0]


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT
    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= PER_ACCOUNT and by_source <= PER_SOURCE
