"""Caught by: test_five_tries_for_an_account. Five minutes without a try, and all is forgotten."""

from datetime import timedelta

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    many = attempts.note("second step", user)
    until = attempts.now() + timedelta(minutes=5)
    attempts.rows.update_one({"_id": f"second step {user}"}, {"$set": {"until": until}})
    return many <= MOST
