"""Keep mailboxes from being filled."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    """Count by address and by source, and ask afterwards (ASVS 2.4.1)."""
    to_address = attempts.note("address", address)
    from_source = attempts.note("source", source)
    return to_address <= PER_ADDRESS and from_source <= PER_SOURCE
