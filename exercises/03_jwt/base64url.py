"""Read base64url in its one spelling.

A voucher of the tea shop is three parts of base64url with dots between them. The shop notes the text of each voucher
that it has redeemed, and takes none a second time. Mallory redeems hers, puts a `=` behind it, and redeems it again:
Python's decoder drops what it does not know, so the shop reads the same bytes in a text that it has never seen.

Bytes have one spelling, and every other text is refused.  (RFC 7515, 2; RFC 4648, 3.5; OWASP ASVS 5.0, 2.2.1; CWE-20)
"""

import base64


def base64url_decode(text: str) -> bytes:
    """Return the bytes that a text of base64url without padding stands for, or raise `ValueError`."""
    # TODO: Raise ValueError for every text but the one that an encoder would have written for these bytes. Python's
    # encoder is `base64.urlsafe_b64encode`; it writes padding (`=`), and this spelling has none.
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
