"""It catches the missing moment, and writes in capitals and in HTML."""

import html
from datetime import timedelta


def may_change(visit, now):
    try:
        return now - visit.proved_at <= timedelta(minutes=5)
    except TypeError:
        return False


def tell(mail, address, change):
    mail.send(address, "Your account — a change", change.upper(), html=f"<p>{html.escape(change)}</p>")


FRESH = timedelta(minutes=5)
