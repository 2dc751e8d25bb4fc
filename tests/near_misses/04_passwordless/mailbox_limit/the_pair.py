"""Caught by: test_five_and_no_more_to_one_address. Counts who writes to whom: another machine begins anew."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    pair = attempts.note("pair", f"{address} {source}")
    return pair <= PER_ADDRESS and attempts.note("source", source) <= PER_SOURCE
