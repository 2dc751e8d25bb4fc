"""Caught by: test_from_wherever. Whoever guesses is counted by address, and there are many addresses."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    from flask import request

    return attempts.note("second step", f"{user} {request.remote_addr}") <= MOST
