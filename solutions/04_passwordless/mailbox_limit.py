from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    # Count first, ask afterwards: `note` does both in one, so that two at the same moment are two.
    to_address = attempts.note("address", address)
    from_source = attempts.note("source", source)
    return to_address <= PER_ADDRESS and from_source <= PER_SOURCE
