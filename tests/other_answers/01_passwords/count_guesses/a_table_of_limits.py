"""Counts by a table of limits, and prefixes nothing."""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        lanes = [("device", device, PER_ACCOUNT)]
    else:
        lanes = [("account", name, PER_ACCOUNT), ("source", source, PER_SOURCE)]
    counted = [attempts.note(kind, who) <= most for kind, who, most in lanes]
    return all(counted)
