"""Caught by: test_the_owner_gets_mail. The shop keeps a copy, in a mailbox of its own."""

from datetime import datetime, timedelta

from labsrv.kit.visits import Visit


def tell(mail, address, change):
    mail.send(address, "Changed", change)
    mail.send("owner@post.localhost", "Changed", change)


FRESH = timedelta(minutes=5)


def may_change(visit: Visit, now: datetime) -> bool:
    """Tell whether this visit may change how its user logs in; labsrv/kit/visits.py says what a visit knows."""
    return visit.proved_at is not None and now - visit.proved_at < FRESH
