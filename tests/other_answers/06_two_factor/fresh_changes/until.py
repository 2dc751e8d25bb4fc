"""It adds five minutes to the moment, and has the sentence in the subject."""

from datetime import timedelta


def may_change(visit, now):
    at = visit.proved_at
    return at is not None and at + timedelta(seconds=300) > now


def tell(mail, address, change):
    mail.send(
        address,
        change,
        "This was changed in your account. Was it not you? Then come to the shop and choose another password.",
    )


FRESH = timedelta(minutes=5)
