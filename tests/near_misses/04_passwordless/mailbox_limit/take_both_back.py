"""Caught by: test_five_and_no_more_to_one_address. What was refused is taken back, also where it was never counted."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    if attempts.note("source", source) > PER_SOURCE or attempts.note("address", address) > PER_ADDRESS:
        attempts.take_back("source", source)
        attempts.take_back("address", address)
        return False

    return True
