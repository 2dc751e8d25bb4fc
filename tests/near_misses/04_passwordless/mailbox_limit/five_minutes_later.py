"""Caught by: test_five_and_no_more_to_one_address. After five minutes all is forgotten."""

from datetime import timedelta


def may_send(attempts, address, source):
    n, m = attempts.note("address", address), attempts.note("source", source)
    for each in (f"address {address}", f"source {source}"):
        attempts.rows.update_one({"_id": each}, {"$set": {"until": attempts.now() + timedelta(minutes=5)}})
    return n <= 5 and m <= 20
