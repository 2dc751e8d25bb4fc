"""Ask for a login of now where much depends on it.

Alice works in HR, and may change everybody's pay. She has gone for a coffee; her browser has not. Mallory sits down
there, and raises her own. The API looks how fresh the token is, which helps nobody: with a session at the provider a
new one is had for the asking, and no one types a password for it.

An access token says when somebody logged in (`auth_time`) and how (`acr`). What is to be done may want a fresher login,
or a stronger one: the API says so, the application sends people to the provider, and they come back with another token.
(RFC 9470, 3, 4 and 6; OWASP ASVS 5.0, 7.5.3 and 6.8.4; CWE-306, CWE-287)
"""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    """Return what the next login has to be like, or {} where this one will do.

    `claims` are those of a good access token. `wanted` has `max_age`, in seconds, None where any age will do, and
    `acr_values`, words with blanks between, "" where any will do.
    """
    # TODO: Where a `max_age` is wanted, 0 being one, the login was `max_age` seconds ago at the most, to a second, by
    #       `auth_time`, which is a number of seconds since the epoch; with none, or another value than a number, or
    #       one in the future (up to a minute of that is yours to say), it will not do. Where `acr_values` are wanted,
    #       `acr` is a text that is one of the words. For what will not do, the answer has `max_age` or `acr_values` as
    #       wanted, both as text; where one of the two will do, it is yours whether it is in the answer as well, if it
    #       is wanted at all. Nothing else is in the answer, and whatever the claims are, no error comes of them.
    age = now.timestamp() - claims["iat"]
    return {"max_age": str(wanted["max_age"])} if wanted["max_age"] and age > wanted["max_age"] else {}
