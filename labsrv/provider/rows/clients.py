"""The clients: applications that were registered beforehand, by the names of RFC 7591, 2.

`_id`, `client_id`          the same; `secret_fingerprint` stands in the place of `client_secret`
`first_party`               an application of our own, which need not ask for consent
`require_pkce`              true unless a client's own software cannot do it
"""

from typing import Any
from urllib.parse import urlsplit

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")
RESPONSE_TYPES = ("code", "id_token")
GRANT_TYPES = ("authorization_code", "refresh_token", "client_credentials", "implicit")
ALGORITHMS = ("RS256", "ES256")

# What a client is that does not say more (RFC 7591, 2).
DEFAULTS: dict[str, Any] = {
    "client_name": "",
    "redirect_uris": [],
    "post_logout_redirect_uris": [],
    "response_types": ["code"],
    "grant_types": ["authorization_code"],
    "token_endpoint_auth_method": "client_secret_basic",
    "scope": "openid profile email offline_access",
    "id_token_signed_response_alg": "RS256",
    "backchannel_logout_uri": "",
    "backchannel_logout_session_required": False,
    "initiate_login_uri": "",
    "first_party": False,
    "require_pkce": True,
}
ONE_OF = {"token_endpoint_auth_method": AUTH_METHODS, "id_token_signed_response_alg": ALGORITHMS}
SOME_OF = {"response_types": RESPONSE_TYPES, "grant_types": GRANT_TYPES}
ADDRESSES = ("redirect_uris", "post_logout_redirect_uris", "backchannel_logout_uri", "initiate_login_uri")


class Clients:
    """The table of clients. `rows` is the collection itself; a row's `_id` is the `client_id`."""

    def __init__(self, rows: Collection):
        self.rows = rows

    def register(self, metadata: dict[str, Any]) -> None:
        """Write a client down, in the place of one of the same `client_id`; raises `ValueError` with what is wrong."""
        client = complete(metadata)
        secret = client.pop("client_secret", None)
        row = client | {"secret_fingerprint": fingerprint(secret) if secret else ""}
        self.rows.replace_one({"_id": client["client_id"]}, {"_id": client["client_id"], **row}, upsert=True)

    def get(self, client_id: str) -> dict[str, Any] | None:
        """Return the client of this name, or None."""
        found: dict[str, Any] | None = self.rows.find_one({"_id": client_id})
        return found


def complete(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return a client with all its members; raises `ValueError` that says which member to change, and how."""
    unknown = sorted(set(metadata) - set(DEFAULTS) - {"client_id", "client_secret"})
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no member of a client here. There are {', '.join(sorted(DEFAULTS))}.")

    client = DEFAULTS | metadata
    for name, default in ({"client_id": "", "client_secret": ""} | DEFAULTS).items():
        refuse_another_kind(name, client.get(name, default), default)
    for name, known in ONE_OF.items():
        if client[name] not in known:
            raise ValueError(f"{name!r} is one of {', '.join(known)}, and not {client[name]!r}.")
    for name, known in SOME_OF.items():
        if not client[name] or not set(client[name]) <= set(known):
            raise ValueError(f"{name!r} has some of {', '.join(known)}, and not {client[name]!r}.")
    for name in ADDRESSES:
        for address in [client[name]] if isinstance(client[name], str) else client[name]:
            refuse_no_address(name, address)
    refuse_what_does_not_fit(client)
    return client


def refuse_another_kind(name: str, value: Any, default: Any) -> None:
    """Raise `ValueError` where a member is not a text, a list of texts, or true or false, as it should be."""
    texts = isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(default, list) and not texts:
        raise ValueError(f'{name!r} is a list of texts: ["…"].')
    if not isinstance(default, list) and type(value) is not type(default):
        raise ValueError(f"{name!r} is {'true or false' if isinstance(default, bool) else 'a text'}.")


def refuse_no_address(name: str, address: str) -> None:
    """Raise `ValueError` for what no browser could be sent to (RFC 6749, 3.1.2: absolute, and without a fragment)."""
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or "#" in address or "*" in address):
        raise ValueError(f"{name!r} has {address!r}: write a whole address, without a fragment and without a pattern.")


def refuse_what_does_not_fit(client: dict[str, Any]) -> None:
    """Raise `ValueError` where members contradict each other (RFC 7591, 2 and 2.1)."""
    public = client["token_endpoint_auth_method"] == "none"
    if not client.get("client_id"):
        raise ValueError("'client_id' is missing: give it a name.")
    if public and client.get("client_secret"):
        raise ValueError("'client_secret' goes with another 'token_endpoint_auth_method' than none: take one out.")
    # A client that never comes to the token endpoint has nothing to show there.
    if not public and not client.get("client_secret") and "code" in client["response_types"]:
        raise ValueError("'client_secret' is missing: write one, or 'token_endpoint_auth_method': 'none'.")
    if public and "client_credentials" in client["grant_types"]:
        raise ValueError("'client_credentials' is for clients that have a secret.")
    if not client["redirect_uris"] and client["grant_types"] != ["client_credentials"]:
        raise ValueError("'redirect_uris' is missing: list each address that people are to be sent back to.")
