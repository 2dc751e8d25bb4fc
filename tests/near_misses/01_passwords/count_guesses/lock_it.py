"""Caught by: test_two_at_once_are_two. Asks and counts under a lock, which the shop's other process does not have."""

import threading

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20
LOCK = threading.Lock()


def source_of(request: Request) -> str:
    return request.remote_addr or ""


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    lanes = [("device", device, 10)] if device else [("account", name, PER_ACCOUNT), ("source", source, PER_SOURCE)]
    with LOCK:
        if any(attempts.seen(kind, who) >= limit for kind, who, limit in lanes):
            return False

        for kind, who, _ in lanes:
            attempts.note(kind, who)
        return True
