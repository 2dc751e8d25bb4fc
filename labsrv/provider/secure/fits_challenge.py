"""Give tokens to whoever began the login, and to nobody who only found the code."""

import base64
import hashlib
import hmac
import re

# RFC 7636, 4.1: 43 to 128 characters of ALPHA / DIGIT / "-" / "." / "_" / "~".
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def fits_challenge(challenge: str | None, verifier: str | None) -> bool:
    """Return whether the verifier is the one that the challenge was made of (RFC 7636, 4.6; ASVS 10.4.6).

    A verifier without a challenge is refused as well: somebody took the challenge out on the way (RFC 9700, 4.8.2).
    """
    if challenge is None or verifier is None:
        return challenge is None and verifier is None
    if not VERIFIER.fullmatch(verifier):
        return False

    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"="), challenge.encode())
