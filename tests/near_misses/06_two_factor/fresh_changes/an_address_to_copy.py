"""Caught by: test_the_letter_opens_nothing. No link, an address to copy: mail programs make a link of it."""

from datetime import datetime, timedelta

from labsrv.kit.visits import Visit


def tell(mail, address, change):
    mail.send(address, "Changed", f"{change}\nIf it was not you, go to shop.localhost/confirm")


FRESH = timedelta(minutes=5)


def may_change(visit: Visit, now: datetime) -> bool:
    """Tell whether this visit may change how its user logs in; labsrv/kit/visits.py says what a visit knows."""
    return visit.proved_at is not None and now - visit.proved_at < FRESH
