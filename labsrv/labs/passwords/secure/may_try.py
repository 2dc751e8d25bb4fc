"""Count guesses where they cannot be hidden, and leave a lane free for whoever is known."""

from labsrv.kit.attempts import Attempts

PER_ACCOUNT = 10
PER_SOURCE = 20


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    """Count first and ask afterwards, by account and by source; a known device is counted alone (ASVS 6.1.1, 6.3.1)."""
    if device:
        return attempts.note("device", device) <= PER_ACCOUNT

    by_account = attempts.note("account", name)
    by_source = attempts.note("source", source)
    return by_account <= PER_ACCOUNT and by_source <= PER_SOURCE
