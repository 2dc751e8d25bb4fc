"""Say who may have the session's cookie.

The shop set its cookie with a name, a date and nothing else, and the browser filled in the rest. So page script reads
it. A form on Mallory's page takes it along, in the two minutes after Alice logged in. And `pics.shop.localhost`, where
anybody may upload a picture, can set a cookie of the same name for the whole shop: Alice then fills Mallory's account.

`cookie_settings` returns the arguments of Flask's `response.set_cookie`, all but the value. The name is part
of the answer.  (OWASP ASVS 5.0, 3.3.1 to 3.3.4; RFC 6265bis, 4.1.2 and 4.1.3)
"""

from typing import Any


def cookie_settings() -> dict[str, Any]:
    """Return how the session's cookie is set.

    `key` is its name; of `secure`, `httponly`, `samesite`, `path`, `domain` and `max_age` take what you need.
    """
    # TODO: This host alone gets and sets it, over secure channels; no script reads it; no form from elsewhere has it,
    #       at any time, be it Lax or Strict; and it goes when the browser is closed.
    return {"key": "sid", "max_age": 86400}
