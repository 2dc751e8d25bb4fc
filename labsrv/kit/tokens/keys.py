"""Keys for tokens, in whatever form a person has them: a secret, a PEM, a JWK, or a set of them (JWKS, RFC 7517).

    keys = read_keys({"keys": [...]})      a JWKS; what cannot be used in it is said in `keys.faults`
    keys = read_keys("a secret of 32 bytes or more ...")

Nothing in here prints a key: names and sizes only.
"""

import base64
import codecs
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from jwt.exceptions import PyJWTError

from labsrv.kit.json_text import BadJson, read_json
from labsrv.kit.text import plain
from labsrv.kit.tokens.compact import BadToken, decode, encode

Kind = Literal["secret", "RSA", "EC", "OKP"]

MOST_KEYS = 50
LONGEST_KEY = 64 * 1024
CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521", "secp256k1": "secp256k1"}
READERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "RSA": RSAAlgorithm.from_jwk,
    "EC": ECAlgorithm.from_jwk,
    "OKP": OKPAlgorithm.from_jwk,
}
# Where a key in PEM begins (RFC 7468, 3), whatever `openssl -text` or a keystore writes before it.
ARMOUR = re.compile(rb"^[ \t]*-----BEGIN [A-Z0-9 ]+-----", re.MULTILINE)
BLOCK = re.compile(rb"-----BEGIN (?P<label>[A-Z0-9 ]+)-----.*?-----END (?P=label)-----", re.DOTALL)
PARAMETERS = b" PARAMETERS"
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# The members that a thumbprint is made of, by kind (RFC 7638, 3.2; RFC 8037, 2).
REQUIRED = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x"), "oct": ("k", "kty")}


class BadKey(ValueError):
    """This is no key that can be used; the message says why."""


@dataclass(frozen=True)
class TokenKey:
    """One key. `material` is the secret's bytes or cryptography's key; `written` is the text it was given as."""

    name: str
    kind: Kind
    material: Any = field(repr=False)
    written: bytes = field(default=b"", repr=False)
    kid: str | None = None
    alg: str | None = None
    use: str | None = None
    ops: tuple[str, ...] | None = None

    @property
    def private(self) -> bool:
        """Return whether one can sign with it."""
        return self.kind == "secret" or hasattr(self.material, "private_bytes")

    @property
    def public(self) -> Any:
        """Return the half that verifies; a secret has no other half."""
        return self.material.public_key() if self.kind != "secret" and self.private else self.material

    @property
    def curve(self) -> str:
        """Return the name of its curve, for keys that have one."""
        if self.kind == "EC":
            return CURVES.get(self.material.curve.name, self.material.curve.name)

        return "Ed448" if isinstance(self.public, ed448.Ed448PublicKey) else "Ed25519" if self.kind == "OKP" else ""

    @property
    def what(self) -> str:
        """Return what kind of key it is, and how large."""
        if self.kind == "secret":
            return f"secret, {len(self.material)} bytes"

        size = f"RSA, {self.material.key_size} bits" if self.kind == "RSA" else f"{self.kind}, {self.curve}"
        return f"{size}, {'private' if self.private else 'public'}"

    @property
    def pem(self) -> bytes:
        """Return the public half as PEM: as it was given if it was, else in the usual form."""
        if self.written.lstrip().startswith(b"-----BEGIN") and not self.private:
            return self.written

        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.public.public_bytes(serialization.Encoding.PEM, form)


@dataclass(frozen=True)
class KeySet:
    """Some keys, and a sentence for each that was given and cannot be used."""

    usable: tuple[TokenKey, ...] = ()
    faults: tuple[str, ...] = ()

    def __add__(self, other: "KeySet") -> "KeySet":
        return KeySet(self.usable + other.usable, self.faults + other.faults)


def read_keys(given: Any, name: str = "the key") -> KeySet:
    """Return the keys in a JWKS, a JWK, a PEM, a secret, a key object, a list, or what a function returns of these.

    What cannot be read is said in `faults`: one bad key of a set does not take the others away (RFC 7517, 5).
    """
    try:
        return found_in(given() if callable(given) else given, name)
    except BadKey as error:
        return KeySet(faults=(f"{name[0].upper()}{name[1:]} cannot be used: {error}.",))
    except Exception as error:
        # A callable is the learner's or the lab's own code.
        return KeySet(faults=(f"{name[0].upper()}{name[1:]} could not be had: {type(error).__name__}: {error}",))


def found_in(given: Any, name: str) -> KeySet:
    """Return the keys in whatever form they come, or raise `BadKey`."""
    if given is None:
        return KeySet()
    if isinstance(given, dict):
        return read_set(given["keys"], name) if "keys" in given else KeySet((read_jwk(given, name),))
    if isinstance(given, TokenKey):
        return KeySet((given,))
    if isinstance(given, list | tuple):
        return read_set(given, name)
    if isinstance(given, str | bytes):
        return read_text(given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass"), name)

    return KeySet((TokenKey(name, kind_of(given), given),))


def read_set(given: Any, name: str) -> KeySet:
    """Return the keys of a set, one by one."""
    if not isinstance(given, Iterable) or isinstance(given, str | bytes | dict):
        raise BadKey("its `keys` is no list")

    members = list(given)
    found = KeySet(
        faults=(f"Of {len(members)} keys the first {MOST_KEYS} are used.",) if len(members) > MOST_KEYS else ()
    )
    for number, each in enumerate(members[:MOST_KEYS], 1):
        found += read_keys(each, f"key {number} of {len(members)}")
    return found


def read_text(written: bytes, name: str) -> KeySet:
    """Return the keys that a text holds: JSON, PEM, or, where it is neither, the text itself as a secret."""
    if len(written) > LONGEST_KEY:
        raise BadKey(f"it has {len(written):,} bytes")

    text = without_mark(written)
    if ARMOUR.search(text):
        return read_pem(text, name, written)
    if text.lstrip()[:1] in (b"{", b"["):
        with_json = parsed(text)
        if keys_among(with_json):
            return found_in(with_json, name)
    return KeySet((TokenKey(name, "secret", written, written),))


def without_mark(written: bytes) -> bytes:
    """Return a text in UTF-8 and without the mark before it that some editors and shells write (BOM)."""
    for mark, encoding in MARKS.items():
        if written.startswith(mark):
            try:
                return written.removeprefix(mark).decode(encoding).encode()
            except UnicodeDecodeError:
                return written
    return written


def parsed(written: bytes) -> Any:
    """Return what a JSON text says; None where it is no JSON."""
    try:
        value, _ = read_json(written.decode("utf-8"))
    except (BadJson, UnicodeDecodeError):
        return None
    return value


def keys_among(value: Any) -> bool:
    """Return whether JSON is a key, a set of them, or a list of nothing else."""
    if isinstance(value, dict):
        return "keys" in value or "kty" in value
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) and "kty" in each for each in value)


def read_pem(text: bytes, name: str, written: bytes) -> KeySet:
    """Return the keys of a PEM, public, private or a certificate's, or raise `BadKey` where it has none.

    What stands around them is passed over, and so are parameters of a curve (RFC 7468, 2: text outside is to be
    ignored). Of several certificates the first is the signer's, and the others vouch for it (RFC 7515, 4.1.6).
    """
    blocks = [each for each in BLOCK.finditer(text) if not each["label"].endswith(PARAMETERS)]
    if len(blocks) < 2:
        return KeySet((read_block(blocks[0], name, written),)) if blocks else unreadable()

    found, certified = KeySet(), False
    for number, each in enumerate(blocks[:MOST_KEYS], 1):
        if each["label"] == b"CERTIFICATE":
            if certified:
                continue
            certified = True
        own = f"key {number} of {len(blocks)}"
        try:
            found += KeySet((read_block(each, own, each[0]),))
        except BadKey as error:
            found += KeySet(faults=(f"{own[0].upper()}{own[1:]} cannot be used: {error}.",))
    return found


def unreadable() -> NoReturn:
    """Raise `BadKey` for a PEM of which nothing can be read."""
    raise BadKey("no key can be read from this PEM")


def read_block(block: re.Match[bytes], name: str, written: bytes) -> TokenKey:
    """Return the key of one block of a PEM, or raise `BadKey`."""
    if b"ENCRYPTED" in block[0]:
        raise BadKey("it is locked with a passphrase: `openssl pkey -in FILE` unlocks it")
    try:
        material = pem_material(block[0], block["label"])
    except (ValueError, TypeError, UnsupportedAlgorithm):
        unreadable()
    return TokenKey(name, kind_of(material), material, written)


def pem_material(block: bytes, label: bytes) -> Any:
    """Return what a block of a PEM holds; raises as cryptography does."""
    if label == b"CERTIFICATE":
        from cryptography.x509 import load_pem_x509_certificate

        return load_pem_x509_certificate(block).public_key()
    if label.endswith(b"PRIVATE KEY"):
        return serialization.load_pem_private_key(block, password=None)

    return serialization.load_pem_public_key(block)


def read_jwk(given: dict[str, Any], name: str) -> TokenKey:
    """Return one JWK's key, or raise `BadKey` (RFC 7517, 4)."""
    kid, kty = given.get("kid"), given.get("kty")
    own = f"key {plain(kid[:80])}" if isinstance(kid, str) and kid else name
    alg, use = word(given.get("alg")), word(given.get("use"))
    key = TokenKey(own, "secret", b"", kid=word(kid), alg=alg, use=use, ops=ops_of(given))

    try:
        if kty == "oct":
            return replace(key, material=decode(given["k"]))
        material = READERS[kty](given)  # type: ignore[index]
    except (BadToken, PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
        said = f"its `kty` is {plain(repr(kty)[:60])}" if kty not in (*READERS, "oct") else plain(str(error)[:120])
        raise BadKey(f"{own} is no key that can be read ({said})") from None
    return replace(key, kind=kind_of(material), material=material)


def word(given: Any) -> str | None:
    """Return a member if it is text."""
    return given if isinstance(given, str) else None


def ops_of(jwk: dict[str, Any]) -> tuple[str, ...] | None:
    """Return what a JWK says it may be used for, or None where it does not say (RFC 7517, 4.3)."""
    ops = jwk.get("key_ops")
    return tuple(each for each in ops if isinstance(each, str)) if isinstance(ops, list) else None


def kind_of(material: Any) -> Kind:
    """Return what kind of key cryptography has read, or raise `BadKey`."""
    kinds: dict[Kind, tuple[type, ...]] = {
        "RSA": (rsa.RSAPublicKey, rsa.RSAPrivateKey),
        "EC": (ec.EllipticCurvePublicKey, ec.EllipticCurvePrivateKey),
        "OKP": (
            ed25519.Ed25519PublicKey,
            ed25519.Ed25519PrivateKey,
            ed448.Ed448PublicKey,
            ed448.Ed448PrivateKey,
        ),
    }
    # X25519 and DSA keys come out of a PEM as well, and sign no token.
    for kind, types in kinds.items():
        if isinstance(material, types):
            return kind

    raise BadKey(f"no signature of a token is made with {type(material).__name__}")


def thumbprint(jwk: dict[str, Any]) -> str:
    """Return a JWK's thumbprint with SHA-256: of its required members, sorted, without spaces (RFC 7638, 3)."""
    members = {name: jwk[name] for name in REQUIRED[jwk["kty"]]}
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return encode(hashlib.sha256(canonical.encode()).digest())


def without_armour(pem: bytes) -> bytes:
    """Return the DER bytes of a PEM: what some verifiers take for the secret in its place."""
    return base64.b64decode(b"".join(line for line in pem.splitlines() if b"-" not in line))
