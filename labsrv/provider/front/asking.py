"""Read and judge an authorization request (OpenID Connect Core, 3.1.2.1, 3.1.2.2; RFC 6749, 4.1.1).

First whom to answer: without that, nobody is redirected. All other refusals go there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from labsrv.provider.errors import OAuthError, Refusal
from labsrv.provider.provider import PROMPTS, RESPONSE_MODES, Provider

# What is understood; all else is ignored (RFC 6749, 3.1). Names of rows are made of these alone.
UNDERSTOOD = (
    *("client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce"),
    *("code_challenge", "code_challenge_method", "prompt", "max_age", "login_hint", "id_token_hint", "acr_values"),
    *("audience", "resource", "screen_hint", "connection", "request", "request_uri", "registration", "ui_locales"),
)
NOT_SUPPORTED = ("request", "request_uri", "registration")  # OpenID Connect Core, 3.1.2.6
SECONDS = re.compile(r"[0-9]{1,9}")
LONGEST = 2048


@dataclass(frozen=True)
class Way:
    """Where and how an answer goes back (OAuth 2.0 Multiple Response Type Encoding Practices, 2.1)."""

    redirect_uri: str
    mode: str
    state: str | None
    client_id: str


def read_parameters(args: MultiDict[str, str]) -> dict[str, str]:
    """Return the parameters by name; raises `Refusal` for one that comes twice (RFC 6749, 3.1)."""
    for name in UNDERSTOOD:
        values = args.getlist(name)
        # Of two values, one part of a program reads the first and another the last. An API is named once, too.
        if len(values) > 1:
            raise Refusal(f"The application sent {name} more than once.")
        if values and len(values[0]) > LONGEST:
            raise Refusal(f"The application sent a {name} that is too long.")

    # Without a value is as good as left out (RFC 6749, 3.1).
    return {name: args[name] for name in UNDERSTOOD if args.get(name)}


def whom_to_answer(provider: Provider, asked: Mapping[str, str]) -> tuple[dict[str, Any], Way]:
    """Return the client and the way back to it; raises `Refusal`, which redirects nobody (RFC 6749, 4.1.2.1)."""
    client = provider.clients.get(asked.get("client_id", ""))
    if client is None:
        raise Refusal("No application of this name is registered here.")
    redirect_uri = provider.decide.redirect_uri_for(client, asked.get("redirect_uri"))
    if redirect_uri is None:
        raise Refusal("The application asked to send you to an address that it has not registered.")

    usual = "fragment" if "id_token" in asked.get("response_type", "") else "query"
    mode = asked.get("response_mode", usual)
    # In a query, an ID token would be in logs and in the history (Multiple Response Types, 5).
    allowed = [each for each in RESPONSE_MODES if not (each == "query" and usual == "fragment")]
    way = Way(redirect_uri, mode if mode in allowed else usual, asked.get("state"), client["client_id"])
    return client, way


def judge(provider: Provider, client: dict[str, Any], way: Way, asked: Mapping[str, str]) -> tuple[str, str]:
    """Return the scope and the audience of a request that is in order; raises `OAuthError`."""
    refuse_not_supported(asked)
    refuse_response_type(client, way, asked)
    refuse_odd_values(asked)
    if asked["response_type"] == "code" and not provider.decide.accepts_challenge(client, asked):
        raise OAuthError("invalid_request", "Send a code_challenge, with the code_challenge_method S256.")
    if asked["response_type"] == "id_token" and "nonce" not in asked:
        raise OAuthError("invalid_request", "Send a nonce with this response_type.")

    if "id_token_hint" in asked and provider.keys.own_claims(asked["id_token_hint"], provider.issuer) is None:
        raise OAuthError("invalid_request", "The id_token_hint is no ID token of ours.")

    audience = provider.decide.audience_of(
        provider.resources(), [asked[name] for name in ("resource", "audience") if name in asked]
    )
    if audience is None:
        raise OAuthError("invalid_target", "No API of this name is known here.")
    return known_scope(provider, client, asked.get("scope", "")), audience


def refuse_not_supported(asked: Mapping[str, str]) -> None:
    """Raise `OAuthError` for ways of asking that we do not know (OpenID Connect Core, 3.1.2.6)."""
    for name in NOT_SUPPORTED:
        if name in asked:
            raise OAuthError(f"{name}_not_supported", f"Send no {name}: it is not supported here.")


def refuse_response_type(client: dict[str, Any], way: Way, asked: Mapping[str, str]) -> None:
    """Raise `OAuthError` for an answer that this client is not registered for (RFC 6749, 4.1.2.1)."""
    wanted = asked.get("response_type")
    if wanted is None:
        raise OAuthError("invalid_request", "Send a response_type.")
    # No `token`: an access token in an address is in logs, in the history, and in Referer (RFC 9700, 2.1.2).
    if wanted not in ("code", "id_token"):
        raise OAuthError("unsupported_response_type", "The response_type is code, or id_token.")
    if wanted not in client["response_types"]:
        raise OAuthError("unauthorized_client", "The application is not registered for this response_type.")
    if asked.get("response_mode", way.mode) != way.mode:
        raise OAuthError("invalid_request", f"This response_mode does not go with the response_type {wanted}.")


def refuse_odd_values(asked: Mapping[str, str]) -> None:
    """Raise `OAuthError` for values that mean nothing (OpenID Connect Core, 3.1.2.1)."""
    prompt = set(asked.get("prompt", "").split())
    if not prompt <= set(PROMPTS):
        raise OAuthError("invalid_request", f"A prompt is some of {', '.join(PROMPTS)}.")
    if "none" in prompt and len(prompt) > 1:
        raise OAuthError("invalid_request", "The prompt none goes with no other one.")
    if "max_age" in asked and not SECONDS.fullmatch(asked["max_age"]):
        raise OAuthError("invalid_request", "A max_age is a number of seconds.")


def known_scope(provider: Provider, client: dict[str, Any], asked: str) -> str:
    """Return the scopes that there are, and that the client is registered for; others are ignored (Core, 3.1.2.1).

    Raises `OAuthError` where `openid` is not among them: this is a provider of logins.
    """
    registered, there_are = client["scope"].split(" "), provider.scopes()
    found = [each for each in dict.fromkeys(asked.split(" ")) if each in registered and each in there_are]
    if "refresh_token" not in client["grant_types"]:
        found = [each for each in found if each != "offline_access"]
    if "openid" in found:
        return " ".join(found)

    raise OAuthError("invalid_scope", "Ask for the scope openid.")
