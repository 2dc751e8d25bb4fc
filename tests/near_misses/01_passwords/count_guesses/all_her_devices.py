"""Caught by: test_a_known_device_has_its_limit. All of Alice's devices are counted together: the child at the laptop
shuts her telephone out.
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", name) <= PER_ACCOUNT
    a, s = attempts.note("account", name), attempts.note("source", source)
    return a <= PER_ACCOUNT and s <= PER_SOURCE
