"""Make tokens that are short of life and short of words.

An access token can't be taken back, so it has to end by itself, and soon. The shop's tokens live for two days. They say
more than they need to, as well: the user's whole row is in them, with the hash of the password. It is signed, somebody
thought. It is not hidden: base64 is no cipher. And their ids are numbers that begin anew whenever the shop does.

A token says who may do what for a quarter of an hour, and nothing else.  (RFC 9068, 2.2; RFC 7519, 4.1; OWASP ASVS 5.0,
9.2.1 and 14.2.6; CWE-312, CWE-613)
"""

import itertools
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User

NUMBERS = itertools.count(1001)


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    """Return the claims of an access token for `user`, made `now`. `known` has iss, aud, sub, scope and sid.

    A `datetime` in the claims is written as seconds since the epoch.
    """
    # TODO: Besides what is known: when it was issued (iat), when it ends (exp, a quarter of an hour later), and an id
    # of its own that no other token ever has (jti: 16 characters or more; `secrets.token_urlsafe` draws such texts).
    # Whoever holds the token can read all of it.
    return known | {
        "iat": now,
        "exp": now + timedelta(days=2),
        "jti": str(next(NUMBERS)),
        "user": asdict(user),
    }
