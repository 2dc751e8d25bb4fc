"""Caught by: test_a_quarter_of_an_hour_later_all_is_forgotten. Whoever goes on guessing begins the quarter of an
hour anew, for Alice as well.
"""

from flask import Request

from labsrv.kit.attempts import WINDOW, Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    attempts.rows.update_many({}, {"$set": {"until": attempts.now() + WINDOW}})
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT
    a, s = attempts.note("account", name), attempts.note("source", source)
    return a <= PER_ACCOUNT and s <= PER_SOURCE
