"""It counts seconds, the last one included, and writes a letter of three lines."""

from datetime import timedelta


def may_change(visit, now):
    if not visit.full or visit.proved_at is None:
        return False
    return (now - visit.proved_at).total_seconds() <= 300


def tell(mail, address, change):
    mail.send(to=address, subject="Something in your account was changed", text=f"Hello,\n{change}\nThe tea shop")


FRESH = timedelta(minutes=5)
