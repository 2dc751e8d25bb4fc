"""Read the token out of a header."""

import re

# RFC 6750, 2.1, and RFC 9110, 11.1: the scheme in any case, one blank or more, and one b64token.
CREDENTIALS = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE | re.ASCII)


def bearer_token(authorization: str | None) -> str | None:
    """Return the token of a header that is `Bearer` and one token, or None for any other and for none."""
    found = CREDENTIALS.fullmatch(authorization or "")
    return found[1] if found else None
