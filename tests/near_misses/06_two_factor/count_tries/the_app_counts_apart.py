"""Caught by: test_all_doors_have_one_number. The app may have its own five tries: that makes ten."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    if visit_id == "api":
        return attempts.note("app", user) <= MOST
    return attempts.note("second step", user) <= MOST
