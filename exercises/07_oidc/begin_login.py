"""Begin a login so that its end can be recognised.

The shop draws one secret for each login, and uses it for everything. As the state it stands in addresses: beside
Alice's code, in a log that Mallory reads. It is the verifier as well, so she has all that the provider asks for. The
login stays open for a day. And the shop asks for more than it needs: with `offline_access` it gets a refresh token,
which is as good as a login, and lies in each backup.

State, nonce and verifier are three secrets, for three readers. Draw each for itself, and ask for what the shop needs.
(OpenID Connect Core, 3.1.2.1; RFC 9700, 4.7.1; RFC 7636, 4.1; OWASP ASVS 5.0, 10.2.1, 10.2.3 and 10.5.1)
"""

import secrets
from datetime import datetime, timedelta
from typing import Any


def new_transaction(browser: str, asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the row of a login that begins now: all that is in `asked`, and `browser`, as they are, and four more.

    `_id` is the state, `nonce` the nonce, `verifier` the verifier of PKCE: texts. `until` is the end of its time.
    """
    # TODO: State, nonce and verifier are drawn each for itself, 128 random bits or more, by a generator for secrets:
    #       whoever knows two of them knows nothing of the third. The verifier is one that RFC 7636, 4.1 allows: 43 to
    #       128 letters and digits of ASCII, and - . _ ~. The login's time is ten minutes from `now`.
    secret = secrets.token_urlsafe(32)
    return asked | {
        "_id": secret,
        "nonce": secret,
        "verifier": secret,
        "browser": browser,
        "until": now + timedelta(days=1),
    }


def authorization_request(provider: dict[str, Any], transaction: dict[str, Any], challenge: str) -> dict[str, str]:
    """Return the parameters to send somebody to a provider with. The shop writes them into the address, and encodes
    them there.

    `provider` has `client_id` and `redirect_uri`, `transaction` is the login's row, `challenge` what belongs to its
    verifier.
    """
    # TODO: It asks for a code, for this client, to be sent to its redirect_uri, for the scopes openid, profile and
    #       email; with the login's state and nonce, and with the challenge and its method, S256. The row's `max_age`
    #       (seconds, as text or number) goes along unless it is None, its `acr_values` (one text, names of ways to log
    #       in, with blanks between) unless it is empty; and nothing besides.
    return {
        "response_type": "code",
        "client_id": provider["client_id"],
        "redirect_uri": provider["redirect_uri"],
        "scope": "openid profile email offline_access",
        "state": transaction["_id"],
        "nonce": transaction["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
