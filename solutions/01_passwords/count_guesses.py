from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    # The connection's own address: a header is whatever its sender wrote.
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    # A known device has a lane of its own, which guesses from elsewhere do not fill.
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT

    # Count first, ask afterwards: `note` does both in one, so that two at the same moment are two.
    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= PER_ACCOUNT and by_source <= PER_SOURCE
