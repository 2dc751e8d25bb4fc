"""What the shop asks a provider for itself, behind its visitors' backs: metadata, tokens, keys, claims.

A provider is another company's computer: each answer is looked at before anybody uses it.
"""

import base64
import json
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from labsrv.kit.http.transport import RawResponse, Unreachable
from labsrv.provider.outgoing import Outgoing, json_of

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
# Core, 3.1.2: over TLS. On this machine, where an issuer may do without, so may its endpoints.
ADDRESS = {"https": re.compile(r"https://[!-~]+"), "http": re.compile(r"https?://[!-~]+")}
# What a key signs with that does not say so, by its `kty` and `crv` (RFC 7518, 3.4 and 6.1; Core, 15.1).
USUAL = {("RSA", ""): "RS256", ("EC", "P-256"): "ES256"}


class NotInOrder(Exception):
    """A provider's answer is none that a login could be built on; the message is for the visitor."""


class AtProvider:
    """One provider, by its row in the shop's table of providers, and what it says of itself."""

    def __init__(self, row: dict[str, Any], outgoing: Outgoing):
        self.row = row
        self.outgoing = outgoing

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself (OpenID Connect Discovery, 4); raises `NotInOrder`."""
        # An issuer may end with a slash, which is no part of the way to its metadata (Discovery, 4.1).
        found = self.get(f"{self.row['issuer'].removesuffix('/')}/.well-known/openid-configuration")
        address = ADDRESS["https" if self.row["issuer"].startswith("https:") else "http"]
        if all(address.fullmatch(str(found.get(name))) for name in ENDPOINTS):
            return found

        raise NotInOrder(f"{self.row['label']} does not say where to log in.")

    @property
    def issuer(self) -> str:
        """Return the issuer identifier that the metadata have."""
        return str(self.metadata.get("issuer"))

    @property
    def answers_as(self) -> str | None:
        """Return the `iss` that its answers must have, None where it has not promised any (RFC 9207, 3)."""
        return self.issuer if self.metadata.get("authorization_response_iss_parameter_supported") is True else None

    def redeem(self, code: str, verifier: str) -> dict[str, Any]:
        """Return the tokens that a code stands for (OpenID Connect Core, 3.1.3); raises `NotInOrder`."""
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.row["redirect_uri"]}
        if verifier:
            fields["code_verifier"] = verifier
        tokens = self.read(lambda: self.outgoing.post_form(self.metadata["token_endpoint"], fields, self.basic()))
        both = all(isinstance(tokens.get(name), str) for name in ("access_token", "id_token"))
        if both and str(tokens.get("token_type")).lower() == "bearer":
            return tokens
        raise NotInOrder(f"{self.row['label']} gave no tokens.")

    def revoke(self, token: str) -> None:
        """End a token and what came of its grant (RFC 7009, 2.1); raises `NotInOrder`."""
        endpoint = self.metadata.get("revocation_endpoint")
        if token and isinstance(endpoint, str):
            self.ask(lambda: self.outgoing.post_form(endpoint, {"token": token}, self.basic()))

    def keys(self) -> list[dict[str, Any]]:
        """Return the keys that it publishes (RFC 7517, 5). In production they are kept for a while."""
        found = self.get(self.metadata["jwks_uri"]).get("keys")
        return [with_its_alg(each) for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """Return the claims that an access token opens (OpenID Connect Core, 5.3); raises `NotInOrder`."""
        return self.get(self.metadata["userinfo_endpoint"], {"Authorization": f"Bearer {access_token}"})

    def basic(self) -> dict[str, str]:
        """Return the header by which the provider knows us."""
        # RFC 6749, 2.3.1: both parts are encoded as in a form before they are put together.
        secret = f"{quote_plus(self.row['client_id'])}:{quote_plus(self.row['client_secret'])}"
        return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}

    def get(self, url: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        """Return the JSON object at an address; raises `NotInOrder`."""
        return self.read(lambda: self.outgoing.send("GET", url, headers or {}))

    def read(self, ask: Callable[[], RawResponse]) -> dict[str, Any]:
        """Return the JSON object that an answer has; raises `NotInOrder` for anything else."""
        answer = self.ask(ask)
        try:
            found = json_of(answer)
        except (ValueError, RecursionError) as error:
            raise NotInOrder(f"{self.row['label']} does not answer as it should.") from error
        if isinstance(found, dict):
            return self.legible(found)

        raise NotInOrder(f"{self.row['label']} does not answer as it should.")

    def ask(self, ask: Callable[[], RawResponse]) -> RawResponse:
        """Return any answer at all; raises `NotInOrder` where there is none."""
        try:
            return ask()
        except (Unreachable, ValueError) as error:
            raise NotInOrder(f"{self.row['label']} does not answer.") from error

    def legible(self, found: dict[str, Any]) -> dict[str, Any]:
        """Return an object that can be written on a page and counted with; raises `NotInOrder` for any other.

        Python reads more than JSON has (RFC 8259, 6 and 8.2): halves of letters, what is no number, and numbers without
        end.
        """
        try:
            text = json.dumps(found, ensure_ascii=False, allow_nan=False)
            text.encode()
            json.loads(text, parse_int=lambda digits: float(int(digits)))  # raises for what no float can hold
        except (ValueError, OverflowError, RecursionError) as error:
            raise NotInOrder(f"{self.row['label']} says what nobody can read.") from error
        return found


def with_its_alg(jwk: dict[str, Any]) -> dict[str, Any]:
    """Return a key with its `alg`, which a provider may leave out (RFC 7517, 4.4), if its kind says what it would be.

    Added here, and never taken from a token's header: that is anybody's word.
    """
    usual = USUAL.get((str(jwk.get("kty")), str(jwk.get("crv", ""))))
    if "alg" in jwk or jwk.get("use", "sig") != "sig" or usual is None:
        return jwk

    return jwk | {"alg": usual}
