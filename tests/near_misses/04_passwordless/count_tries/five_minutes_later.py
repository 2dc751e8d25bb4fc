"""Caught by: test_another_code_brings_no_new_tries. After five minutes all is forgotten."""

from datetime import timedelta


def may_guess(attempts, account, challenge):
    n = attempts.note("account", account)
    attempts.rows.update_one({"_id": f"account {account}"}, {"$set": {"until": attempts.now() + timedelta(minutes=5)}})
    return n <= 5
