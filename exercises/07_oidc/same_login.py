"""Compare the end of a login with its beginning.

The ID token is good: the provider signed it, for the shop, a moment ago. Whose login does it end? Mallory finds a code
of Alice's in a log, and ends a login of her own with it. Or, at Alice's unwatched computer, she takes `max_age` out of
the address on the way to the provider, which then asks for nothing.

What the shop asked for is in the login's row. Asked is not done: what was done is in the token, and in nothing else.
(OpenID Connect Core, 3.1.3.6, and 3.1.3.7, 11 to 13; OWASP ASVS 5.0, 6.8.4, 10.1.2 and 10.5.1; CWE-294)
"""

from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    """Return whether a good ID token's claims are the answer to this login; `now` is the shop's time.

    `transaction` is what the shop wrote down: `nonce` is a text; `max_age` a number of seconds, or None where nobody
    was asked to show again who they are; `acr_values` a text, words with a blank between them, "" where any will do.
    """
    # TODO: The token's `nonce` is this login's. Its `at_hash`, if it has one, is that of the access token: base64url,
    # without padding, of the left half of the SHA-256. Its `acr` is one of those that were asked for, if any were. Its
    # `auth_time` (seconds since 1970, a whole number or not) is at most `max_age` seconds ago, and no second more, if
    # anything was asked: 0 is something, too. (One that lies in the future is yours to judge.) Whatever kind of value a
    # claim has, the answer is yes or no.
    return True
