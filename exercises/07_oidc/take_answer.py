"""Take an answer for the login that it belongs to.

Mallory logs in as herself, stops where the provider sends her back to the shop, and has Alice's browser open that
address. Alice is in Mallory's account, and does not look closely. Or Mallory's provider sends Alice on to the house's:
the shop, which waits for Mallory's, brings *her* the house's code. Or she waits, and answers a login of yesterday.

The shop has written down what it began: in whose browser, with whom, until when. Compare.
(RFC 9700, 4.7.1 and 4.4; RFC 9207, 2.4; OWASP ASVS 5.0, 3.3.1 to 3.3.4, 10.2.1 and 10.2.2; CWE-352, CWE-294)
"""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    """Return the row of the login that an answer ends, or None. `answer` has the parameters that came: `state`, `iss`…

    A row has the login's state for its `_id`, its `browser`, its `until`, and its `iss`: the name that its provider has
    promised to put into each answer, or None where it has promised nothing, and says nothing. `browser` is the
    fingerprint of the cookie that came with this answer. The store in five operations: docs/store.md.
    """
    # TODO: The whole state is that of a login which was begun in this browser, and whose `until` has not come (whether
    #       that very moment counts is left to you); an answer that says no (`error`) is held to the same. The row's
    #       `iss` is in the answer, character by character; where it is None, whether an answer that names somebody all
    #       the same is taken is left to you. And no two callers get the same row, ever. Whether a refused answer ends
    #       its login is left to you.
    return transactions.find_one({"_id": answer.get("state", "")})


def browser_cookie(value: str) -> dict[str, Any]:
    """Return the arguments of Flask's `response.set_cookie`, for the cookie by which the shop knows a browser."""
    # TODO: It comes along when people follow a link of a provider's, which is another site, and not with forms and
    #       pictures of other sites; the browser is told so (`samesite` is Strict, Lax or None: lesson 02). It is for
    #       secure channels, and no script reads it. Its name begins with `__Host-`, which no other host can set, not
    #       even one below this: browsers take it only with `path="/"`, `secure=True` and no domain.
    return {"key": "browser", "value": value, "samesite": "Strict"}
