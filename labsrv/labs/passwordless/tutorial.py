"""The tutorial's link: a signed note, with a date of its own kind in it. Nobody remembers that it was used."""

from datetime import datetime, timedelta

import jwt

from labsrv.kit.store.collection import Collection, Document

SECRET_IN_THE_CODE = "keyboard-cat-keyboard-cat-keyboard-cat"  # the tutorial's was one of those, and as public


def sign_a_note(links: Collection, user: str, browser: str, now: datetime) -> str:
    """Return a JWT with the address and an `expirationDate`, written as text."""
    claims = {"user": user, "expirationDate": (now + timedelta(hours=1)).isoformat()}
    return jwt.encode(claims, SECRET_IN_THE_CODE, algorithm="HS256")


def compare_with_not_a_number(links: Collection, token: str, now: datetime) -> Document | None:
    """Refuse the note if its date, taken for a number, is less than now."""
    try:
        claims: Document = jwt.decode(token, SECRET_IN_THE_CODE, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return None

    return None if as_number(claims["expirationDate"]) < now.timestamp() else claims


def as_number(text: str) -> float:
    """Return what JavaScript takes a text for beside a number: NaN if it is none, and NaN is not less than anything."""
    try:
        return float(text)
    except ValueError:
        return float("nan")
