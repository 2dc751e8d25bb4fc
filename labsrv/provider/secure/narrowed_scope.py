"""Let a client ask for less than it was given, and never for more."""


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    """Return the scope of a new token, or None where more is asked for than there is (RFC 6749, 6; ASVS 10.4.11).

    Scopes are words: part of one is not one. Nothing asked for means all that was granted.
    """
    if not asked:
        return granted
    if set(asked.split(" ")) <= set(granted.split(" ")):
        return asked

    return None
