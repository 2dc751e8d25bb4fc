"""Say who may change what one logs in with."""

from datetime import datetime, timedelta

from labsrv.kit.visits import Visit

FRESH = timedelta(minutes=5)


def may_change(visit: Visit, now: datetime) -> bool:
    """Require a full re-authentication before authentication settings are changed (ASVS 7.5.1)."""
    return visit.proved_at is not None and now - visit.proved_at < FRESH
