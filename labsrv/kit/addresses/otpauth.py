"""The address inside an enrolment's QR code: `otpauth://totp/Tea%20shop:alice?secret=…&issuer=Tea%20shop`.

    Otpauth(secret=b"…", issuer="Tea shop", name="alice").uri
    Otpauth.parse(uri).secret

The format is a convention (Google Authenticator's "Key Uri Format"), and the values in it are those of RFC 4226 and
RFC 6238. How a code follows from them is not here.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

KINDS = ("totp", "hotp")
ALGORITHMS = ("SHA1", "SHA256", "SHA512")
DIGITS = (6, 7, 8)
LONGEST_URI = 2_000
LONGEST_SECRET = 128  # bytes: one block of SHA-512, beyond which HMAC hashes its key first
LONGEST_PERIOD = 3_600
MOST_COUNTED = 2**63
BASE32 = re.compile("[A-Z2-7]+")


class BadOtpauth(ValueError):
    """This is no address that an authenticator app could use; the message says why."""


@dataclass(frozen=True)
class Otpauth:
    """What an authenticator app learns from a QR code. `period` is in seconds; `counter` is for HOTP only."""

    secret: bytes = field(repr=False)
    issuer: str = ""
    name: str = ""
    kind: str = "totp"
    algorithm: str = "SHA1"
    digits: int = 6
    period: int = 30
    counter: int = 0

    def __post_init__(self) -> None:
        for value, allowed, what in (
            (self.kind, KINDS, "kind"),
            (self.algorithm, ALGORITHMS, "algorithm"),
            (self.digits, DIGITS, "number of digits"),
        ):
            if value not in allowed:
                raise BadOtpauth(f"There is no {what} {value!r:.40}. There are {', '.join(map(str, allowed))}.")
        if not 0 < len(self.secret) <= LONGEST_SECRET:
            raise BadOtpauth(f"A secret has 1 to {LONGEST_SECRET} bytes.")
        if not 0 < self.period <= LONGEST_PERIOD or not 0 <= self.counter < MOST_COUNTED:
            raise BadOtpauth(f"A period has 1 to {LONGEST_PERIOD} seconds, and a counter does not count below 0.")
        if ":" in self.issuer + self.name:
            raise BadOtpauth("Issuer and name have no colon: it stands between them.")

    @property
    def label(self) -> str:
        """Return issuer and name as apps show them: `Tea shop: alice`."""
        return ": ".join(each for each in (self.issuer, self.name) if each)

    @property
    def secret_text(self) -> str:
        """Return the secret as people type it: base32 without padding (RFC 4648, 6)."""
        return base64.b32encode(self.secret).decode().rstrip("=")

    @property
    def uri(self) -> str:
        """Return the address, which is what the QR code holds. Whoever reads it has the secret."""
        said = {"secret": self.secret_text, "issuer": self.issuer, "algorithm": self.algorithm, "digits": self.digits}
        said["counter" if self.kind == "hotp" else "period"] = self.counter if self.kind == "hotp" else self.period
        path = ":".join(quote(each, safe="@") for each in (self.issuer, self.name) if each)
        return f"otpauth://{self.kind}/{path}?{urlencode({k: v for k, v in said.items() if v != ''}, quote_via=quote)}"

    @classmethod
    def parse(cls, uri: str) -> Self:
        """Return what an address says, or raise `BadOtpauth`."""
        try:
            # A QR code carries whatever somebody wrote into it, in any length.
            parts = urlsplit(uri if len(uri) <= LONGEST_URI else "")
            pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=20)
        except ValueError as error:
            raise BadOtpauth("This address can't be read.") from error
        # Of a thing said twice, two apps would believe two versions.
        said = dict(pairs)
        if parts.scheme != "otpauth" or len(said) != len(pairs):
            raise BadOtpauth("This is no address that begins with otpauth:// and says each thing once.")

        # Older apps read the issuer from the label; where both have one, the parameter counts.
        issuer, name = split_label(unquote(parts.path.removeprefix("/")))
        return cls(
            secret=decode_secret(said.get("secret", "")),
            issuer=said.get("issuer", issuer),
            name=name,
            kind=parts.netloc,
            algorithm=said.get("algorithm", "SHA1").upper(),
            digits=number(said, "digits", "6"),
            period=number(said, "period", "30"),
            counter=number(said, "counter", None if parts.netloc == "hotp" else "0"),
        )


def split_label(label: str) -> tuple[str, str]:
    """Return issuer and name out of `Tea shop: alice`, or of `alice` alone."""
    before, colon, after = label.partition(":")
    return (before, after.strip()) if colon else ("", before)


def decode_secret(secret: str) -> bytes:
    """Return the bytes of a secret as people type it: small letters, spaces and missing padding are forgiven."""
    letters = secret.replace(" ", "").replace("-", "").upper().rstrip("=")
    if len(letters) % 8 in (1, 3, 6) and BASE32.fullmatch(letters):
        raise BadOtpauth(
            f"The secret has {len(letters)} letters, a length that no bytes have: one is missing, or too many."
        )
    try:
        return base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError) as error:
        raise BadOtpauth("The secret is not base32: the letters A to Z and the digits 2 to 7.") from error


def number(said: dict[str, str], name: str, default: str | None) -> int:
    """Return a parameter as a number; raises `BadOtpauth` where it is missing or none."""
    text = said.get(name, default) or ""
    if text.isascii() and text.isdigit() and len(text) < 20:
        return int(text)

    raise BadOtpauth(f"The address says no proper {name}.")
