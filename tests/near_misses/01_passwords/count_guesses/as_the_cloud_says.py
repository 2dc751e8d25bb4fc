"""Caught by: test_a_header_is_no_source. Behind that proxy the header is the proxy's, and there is no proxy."""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.headers.get("CF-Connecting-IP") or request.remote_addr


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT
    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= PER_ACCOUNT and by_source <= PER_SOURCE
