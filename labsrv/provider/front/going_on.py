"""What comes next on the way from a request to its answer. Every page of the way ends here.

login or sign-up ─▶ which account ─▶ second factor ─▶ consent ─▶ the answer
"""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from labsrv.provider.errors import OAuthError, Refusal
from labsrv.provider.front.answering import send_back
from labsrv.provider.front.asking import Way
from labsrv.provider.front.visitors import TOO_LATE, current_login, step_of
from labsrv.provider.minting import id_token, profile
from labsrv.provider.provider import Provider
from labsrv.provider.rows.logins import ACR_VALUES, TWO_FACTORS

# What an application reads that has asked for no page, where one would be needed (Core, 3.1.2.6).
INSTEAD = {
    "login": "login_required",
    "signup": "login_required",
    "account": "account_selection_required",
    "second": "interaction_required",
    "consent": "consent_required",
}


def go_on(provider: Provider, step: str, row: dict[str, Any]) -> Response:
    """Return the next page, or the answer."""
    session = current_login(provider)
    page = next_page(provider, session, row)
    if page and "none" in row["asked"].get("prompt", "").split():
        return refuse(provider, row, OAuthError(INSTEAD[page], "Nobody was asked, and that would be needed."))
    if page:
        return redirect(url_for(page, step=step), 303)

    assert session is not None
    if is_somebody_else(provider, session, row):
        return refuse(provider, row, OAuthError("login_required", "Somebody else has logged in."))
    return finish(provider, session, row)


def next_page(provider: Provider, session: dict[str, Any] | None, row: dict[str, Any]) -> str | None:
    """Return the name of the page that is needed next, or None."""
    asked, proved = row["asked"], row["proved"]
    prompt = asked.get("prompt", "").split()
    if "create" in prompt and not proved and provider.settings.sign_up:
        return "signup"
    other = session is not None and not proved and is_somebody_else(provider, session, row)
    if session is None or other or provider.decide.needs_login(session, asked, proved, provider.now()):
        return "signup" if asked.get("screen_hint") == "signup" and provider.settings.sign_up else "login"
    if "select_account" in prompt and not (proved or row["chosen"]):
        return "account"
    if wants_second_factor(provider, session, asked):
        return "second"

    client = provider.clients.get(row["client_id"]) or {}
    agreed = provider.agreed(session["sub"], row["client_id"])
    if not row["agreed"] and provider.decide.needs_consent(client, agreed, row["scope"], asked):
        return "consent"
    return None


def is_somebody_else(provider: Provider, session: dict[str, Any], row: dict[str, Any]) -> bool:
    """Return whether the application expects another user (OpenID Connect Core, 3.1.2.1: `id_token_hint`)."""
    if "id_token_hint" not in row["asked"]:
        return False

    hint = provider.keys.own_claims(row["asked"]["id_token_hint"], provider.issuer)
    return hint is None or hint.get("sub") != session["sub"]


def wants_second_factor(provider: Provider, session: dict[str, Any], asked: dict[str, str]) -> bool:
    """Return whether two factors are preferred, and can be had (Core, 3.1.2.1: `acr_values`; RFC 9470, 4).

    Who has no second factor logs in without: what was done is in `acr`, and it is for the application to look.
    """
    wanted = [each for each in asked.get("acr_values", "").split() if each in ACR_VALUES]
    account = provider.people.get(session["sub"]) or {}
    return wanted[:1] == [TWO_FACTORS] and session["acr"] != TWO_FACTORS and bool(account.get("totp_secret"))


def finish(provider: Provider, session: dict[str, Any], row: dict[str, Any]) -> Response:
    """Take the step, once, and answer with what was asked for."""
    row = taken(provider, row)
    asked = row["asked"]
    provider.logins.visit(session, row["client_id"])
    grant = provider.grants.begin(
        sub=session["sub"],
        client_id=row["client_id"],
        scope=row["scope"],
        resource=row["audience"],
        sid=session["sid"],
        auth_time=provider.seconds(session["auth_time"]),
        acr=session["acr"],
        amr=session["amr"],
        until=provider.now() + provider.settings.refresh_life,
    )

    if asked["response_type"] == "id_token":
        # Without an access token there is no userinfo, so the claims come in the ID token (Core, 5.4).
        token = id_token(provider, grant, asked["nonce"], **profile(provider, grant))
        return send_back(provider, way_of(row), {"id_token": token})

    code = provider.grants.issue_code(
        grant,
        provider.settings.code_life,
        redirect_uri=row["redirect_uri"],
        challenge=asked.get("code_challenge"),
        nonce=asked.get("nonce"),
    )
    return send_back(provider, way_of(row), {"code": code})


def refuse(provider: Provider, row: dict[str, Any], error: OAuthError) -> Response:
    """Take the step, once, and answer with a refusal."""
    return send_back(provider, way_of(taken(provider, row)), error.parameters())


def taken(provider: Provider, row: dict[str, Any]) -> dict[str, Any]:
    """Return a step's row, taken out of the table; raises `Refusal` for whoever comes second."""
    if provider.steps.remove(row):
        return row

    raise Refusal(TOO_LATE)


def way_of(row: dict[str, Any]) -> Way:
    """Return the way back that a step has kept."""
    return Way(row["redirect_uri"], row["mode"], row["asked"].get("state"), row["client_id"])


def here(provider: Provider) -> tuple[str, dict[str, Any]]:
    """Return the step that a page of the way was asked for with; raises `Refusal`."""
    return request.values.get("step", ""), step_of(provider, "authorize")
