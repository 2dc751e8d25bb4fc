"""Counts, and looks at the number afterwards: of two at the same moment both may be refused."""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        attempts.note("device", device)
        return attempts.seen("device", device) <= PER_ACCOUNT
    attempts.note("account", name)
    attempts.note("source", source)
    return attempts.seen("account", name) <= PER_ACCOUNT and attempts.seen("source", source) <= PER_SOURCE
