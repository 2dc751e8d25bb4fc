"""Caught by: test_others_are_not_concerned. No header counts, and neither does the address: all visitors are one."""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT
    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= PER_ACCOUNT and by_source <= PER_SOURCE
