"""Does not count with the account what the source's limit has stopped already."""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device is not None:
        return attempts.note("device", device) <= PER_ACCOUNT
    return attempts.note("source", source) <= PER_SOURCE and attempts.note("account", name) <= PER_ACCOUNT
