"""Caught by: test_from_wherever. Another machine is somebody else, who has not tried yet."""

from flask import request

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    if attempts.note("machine", f"{user} {request.remote_addr}") == 1:
        attempts.forget("second step", user)
    return attempts.note("second step", user) <= MOST
