"""Take back what was counted, once somebody has shown that they know the password."""

from labsrv.kit.attempts import Attempts


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    """Begin anew for this account or device; of the source's attempts, take back this one alone (ASVS 6.3.1)."""
    if device:
        attempts.forget("device", device)
        return

    attempts.forget("account", name)
    attempts.take_back("source", source)
