"""Show that one knows a secret without sending it: PKCE."""

import base64
import hashlib


def code_challenge(verifier: str) -> str:
    """RFC 7636, 4.2: BASE64URL-ENCODE(SHA256(ASCII(code_verifier))), without padding (ASVS 10.2.1)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
