"""Caught by: test_a_header_is_no_source. It believes the header of whoever comes from this machine: there the proxy
would be, if there were one.
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    here = request.remote_addr or ""
    return request.headers.get("X-Forwarded-For", here) if here == "127.0.0.1" else here


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT
    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= PER_ACCOUNT and by_source <= PER_SOURCE
