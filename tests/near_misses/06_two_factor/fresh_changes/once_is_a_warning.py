"""Caught by: test_the_owner_gets_mail. One letter is a warning, a second one a nuisance."""

from datetime import datetime, timedelta

from labsrv.kit.visits import Visit

TOLD = set()


def tell(mail, address, change):
    if address in TOLD:
        return
    TOLD.add(address)
    mail.send(address, "Changed", change)


FRESH = timedelta(minutes=5)


def may_change(visit: Visit, now: datetime) -> bool:
    """Tell whether this visit may change how its user logs in; labsrv/kit/visits.py says what a visit knows."""
    return visit.proved_at is not None and now - visit.proved_at < FRESH
