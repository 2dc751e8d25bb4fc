"""Decide whom an access token is for."""

from collections.abc import Collection as Known


def audience_of(known: Known[str], asked: list[str]) -> str | None:
    """Return the API that a token is to be for, "" for our own userinfo, or None (RFC 8707, 2; ASVS 10.3.1, 9.2.4).

    One at most: a token for two APIs can be used at the second by whoever runs the first.
    """
    if not asked:
        return ""
    if len(asked) == 1 and asked[0] in known:
        return asked[0]

    return None
