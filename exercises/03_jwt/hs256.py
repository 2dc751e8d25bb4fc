"""Check a signature with your own hands.

The shop's vouchers are tokens with three parts: header, payload, signature. The shop opens the second part, and pays
what is written there. Mallory writes 5000 where a 5 was. Others sell her vouchers that they signed themselves: for the
key is a word that stands in every list of passwords.

What has no signature of ours is no voucher, and nobody else can sign.  (RFC 7515, 5.2; OWASP ASVS 5.0, 9.1.1 and
9.1.2; CWE-347, CWE-521)
"""

import base64


def octets(part: str) -> bytes:
    """Return the bytes of a part. The shop has made sure beforehand that each part is base64url in its one spelling."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    """Return the payload of a token `header.payload.signature`, or raise `ValueError`.

    `hmac.digest(key, message, "sha256")` makes an HMAC of bytes; `hmac.compare_digest` compares two in a time that
    does not tell where they differ; `json.loads` reads the header.
    """
    # TODO: The signature is HMAC-SHA256 under `key` of the token's first two parts as they were received, with the dot
    # between them. The header is a JSON object whose `alg` is "HS256", and has no `crit`: that would be a list of
    # extensions which a reader has to understand. Anything else is refused.
    return octets(token.split(".")[1])


def new_key() -> bytes:
    """Return a key that no shop ever had. The shop asks for one once, keeps it, and signs its vouchers with it."""
    # TODO: Nobody can guess it, however fast they guess: each call draws as many random bits as the hash has, 256. The
    # module `secrets` draws from the system's generator: `secrets.token_bytes`.
    return b"secret"
