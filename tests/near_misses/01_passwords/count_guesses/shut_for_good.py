"""Caught by: test_a_quarter_of_an_hour_later_all_is_forgotten. The numbers are right, and are kept where nothing
is ever forgotten.
"""

from collections import Counter

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20
COUNTS: Counter[str] = Counter()


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT

    COUNTS.update([f"account {name}", f"source {source}"])
    return COUNTS[f"account {name}"] <= PER_ACCOUNT and COUNTS[f"source {source}"] <= PER_SOURCE
