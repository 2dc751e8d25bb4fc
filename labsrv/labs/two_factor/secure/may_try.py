"""Limit how often a second step is tried."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    """Count on the account, before anything is compared, whichever login and code it is (ASVS 6.3.1; RFC 4226, 7.3)."""
    return attempts.note("second step", user) <= MOST
