"""Signed tokens as they are on the wire: a JSON Web Signature in compact form, and the claims in it.

    header . claims . signature        each base64url, without padding (RFC 7515, 3.1)

    token = read_unverified("eyJ…")    never raises: what is wrong with a part is said in its `fault`
    token.header.value["alg"], token.claims.value["sub"], token.signature.data

Reading is not believing: whoever sent the token wrote all of it. `verdicts.py` checks it with a key, and says why it
fails. `words.py` says what each name in it means, `signatures.py` signs.
"""

import base64
import re
from dataclasses import dataclass, field
from typing import Any

from labsrv.kit.json_text import BadJson, read_json

LONGEST = 64 * 1024
ALPHABET = re.compile(r"[A-Za-z0-9_-]*")
# Begins like the base64url of `{"`, with or without a space or a line break between.
LOOKS_LIKE = re.compile(r"(?<![\w.-])e[yw][\w-]{4,4000}\.[\w-]{2,16000}\.[\w-]{0,4000}(?![\w.-])", re.ASCII)
MOST_FOUND = 8
SCANNED = 64 * 1024


class BadToken(ValueError):
    """This is no token, or no part of one; the message says why."""


@dataclass(frozen=True)
class Part:
    """One part of a token: as it came, as bytes (None where it is no base64url), and as JSON (None where it is none).

    `twice` has the names that an object in it has more than once; `fault` says why there are no bytes or no object.
    """

    segment: str
    data: bytes | None = None
    text: str | None = None
    value: Any = None
    twice: tuple[str, ...] = ()
    fault: str = ""

    @property
    def members(self) -> dict[str, Any]:
        """Return the members of the part's JSON object; none where it is none."""
        return self.value if isinstance(self.value, dict) else {}


@dataclass(frozen=True)
class Token:
    """A token as it came. `fault` says why it is none at all: then its parts are as good as empty."""

    compact: str
    header: Part = field(default_factory=lambda: Part(""))
    claims: Part = field(default_factory=lambda: Part(""))
    signature: Part = field(default_factory=lambda: Part(""))
    fault: str = ""

    @property
    def alg(self) -> Any:
        """Return what the header says of the algorithm: the sender's word, of whatever type."""
        return self.header.members.get("alg")

    @property
    def signed(self) -> bytes:
        """Return the bytes that the signature is about: as they came, never encoded anew (RFC 7515, 5.2)."""
        return f"{self.header.segment}.{self.claims.segment}".encode("utf-8", "surrogatepass")


def encode(data: bytes) -> str:
    """Return bytes as base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(segment: str) -> bytes:
    """Return the bytes of base64url, or raise `BadToken`: no padding, no other character, no second spelling."""
    if strange := ALPHABET.sub("", segment):
        raise BadToken(f"base64url has no {strange[0]!a}")
    if len(segment) % 4 == 1:
        raise BadToken(f"base64url never has {len(segment)} characters")

    data = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    if encode(data) == segment:
        return data

    # RFC 4648, 3.5: bits that no byte needs have to be zero, or many texts stand for the same bytes.
    raise BadToken("its last character is another spelling of the same bytes")


def read_unverified(compact: str) -> Token:
    """Return a token taken apart, whoever wrote it; nothing about it is checked."""
    segments = compact.split(".")
    fault = fault_of(compact, segments)
    if fault:
        return Token(compact, fault=fault)

    header, claims, signature = segments
    return Token(compact, read_part(header), read_part(claims), read_bytes(signature))


def fault_of(compact: str, segments: list[str]) -> str:
    """Return why this is no signed token in compact form; nothing where it is one."""
    if not compact:
        return "There is no token."
    if len(compact) > LONGEST:
        return f"It has {len(compact):,} characters: this view reads up to {LONGEST:,}."
    if len(segments) == 5:
        return "It has five parts: an encrypted token (JWE, RFC 7516), which only its receiver can read."
    if len(segments) != 3:
        parts = f"{len(segments)} parts" if len(segments) > 1 else "no dot in it"
        return f"It has {parts}: a signed token has three parts and two dots (RFC 7515, 3.1)."

    return ""


def read_bytes(segment: str) -> Part:
    """Return a part as bytes."""
    try:
        return Part(segment, decode(segment))
    except BadToken as error:
        return Part(segment, fault=f"It is no base64url: {error}.")


def read_part(segment: str) -> Part:
    """Return a part as the JSON object that it should be."""
    # Each step keeps what the one before has found: half a token is what one wants to see when it is broken.
    part = read_bytes(segment)
    if part.data is None:
        return part

    try:
        text = part.data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Part(segment, part.data, fault=f"It is no text: byte {error.start + 1} is no UTF-8.")

    try:
        value, twice = read_json(text)
    except BadJson as error:
        return Part(segment, part.data, text, fault=f"It is no JSON: {error}.")

    fault = "" if isinstance(value, dict) else "It is JSON, but no object."
    return Part(segment, part.data, text, value, tuple(twice), fault)


def with_text(token: Token, name: str, text: str) -> str:
    """Return the compact token with another text as its `header` or `claims`, the signature as it was."""
    segments = {each: getattr(token, each).segment for each in ("header", "claims", "signature")}
    segments[name] = encode(text.encode("utf-8", "surrogatepass"))
    return ".".join(segments.values())


def tokens_in(text: str) -> list[str]:
    """Return what looks like signed tokens in a text, up to eight of them: three parts, and a header with `alg`."""
    found = dict.fromkeys(each[0] for each in LOOKS_LIKE.finditer(text[:SCANNED]))
    return [each for each in list(found)[: 4 * MOST_FOUND] if is_token(each)][:MOST_FOUND]


def is_token(text: str) -> bool:
    """Return whether a text is a signed token by its form: what it says, and whether it holds, is another matter."""
    return "alg" in read_unverified(text).header.members
