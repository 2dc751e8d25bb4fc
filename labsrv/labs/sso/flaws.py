"""Decisions made wrongly on purpose, as people make them. Each is the target of an attack in `attacks.py`."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection
from labsrv.labs import flaw
from labsrv.labs.sso.secure.challenge_for import challenge_for
from labsrv.labs.sso.secure.end_sessions import end_sessions
from labsrv.labs.sso.secure.leave import leave
from labsrv.labs.sso.secure.login_wanted import login_wanted
from labsrv.provider.secure.accepts_challenge import accepts_challenge
from labsrv.provider.secure.fits_challenge import fits_challenge
from labsrv.provider.secure.redeem_code import redeem_code

Row = dict[str, Any]
EndGrant = Callable[[str], None]


# The provider.


@flaw(of="redirect_uri_for", cwe=601, asvs="10.4.1")
def compare_the_beginning(client: Row, asked: str | None) -> str | None:
    """Let an address begin like a registered one: then applications may add what they like to it."""
    origins = tuple("/".join(each.split("/")[:3]) for each in client["redirect_uris"])
    return asked if asked and asked.startswith(origins) else None


@flaw(of="accepts_challenge", cwe=757, asvs="10.4.6")
def take_none_for_a_challenge(client: Row, asked: Mapping[str, str]) -> bool:
    """Look at a challenge where there is one, and let everybody go on who sends none."""
    return "code_challenge" not in asked or accepts_challenge(client, asked)


@flaw(of="fits_challenge", cwe=303, asvs="10.4.6")
def compare_only_what_is_sent(challenge: str | None, verifier: str | None) -> bool:
    """Compare a verifier where there is one."""
    return verifier is None or fits_challenge(challenge, verifier)


@flaw(of="redeem_code", cwe=863, asvs="10.4.2")
def let_any_client_redeem(
    codes: Collection, client: Row, form: Mapping[str, str], now: datetime, end_grant: EndGrant
) -> Row | None:
    """Give tokens to any application that has proved who it is, and brings a code."""
    row = codes.find_one({"_id": fingerprint(form.get("code", ""))}) or {"client_id": "", "redirect_uri": ""}
    named = {**form, "redirect_uri": row["redirect_uri"]}
    return redeem_code(codes, client | {"client_id": row["client_id"]}, named, now, end_grant)


@flaw(of="redeem_code", cwe=613, asvs="10.4.3")
def never_let_codes_grow_old(
    codes: Collection, client: Row, form: Mapping[str, str], now: datetime, end_grant: EndGrant
) -> Row | None:
    """Take a code once, and any time."""
    return redeem_code(codes, client, form, now - timedelta(days=365), end_grant)


@flaw(of="rotate_refresh_token", cwe=294, asvs="10.4.5")
def let_it_be_used_again(tokens: Collection, client: Row, token: str, now: datetime, end_grant: EndGrant) -> Row | None:
    """Give a new refresh token each time, and go on taking the old one: an application may have lost the answer."""
    row = tokens.find_one({"_id": fingerprint(token), "kind": "refresh", "client_id": client["client_id"]})
    return dict(row) if row and now < row["until"] else None


@flaw(of="narrowed_scope", cwe=269, asvs="10.4.11")
def give_what_is_asked_for(granted: str, asked: str | None) -> str | None:
    """Let an application say at each refresh what it needs now."""
    return asked or granted


@flaw(of="logout_target", cwe=601, asvs="10.4.1")
def go_wherever_they_say(client: Row | None, asked: str | None) -> str | None:
    """Send people on to wherever the address says."""
    return asked


@flaw(of="may_log_out", cwe=352, asvs="3.5.1")
def log_out_whoever_comes(session: Row, hint: Row | None) -> bool:
    """Log out whoever opens the address: nobody comes there who does not want it."""
    return True


# The API.


@flaw(of="read_access_token", cwe=863, asvs="9.2.3")
def take_tokens_for_any_api(token: str, keys: list[Row], issuer: str, audience: str) -> Row:
    """Accept whatever the provider has signed."""
    kid = jwt.get_unverified_header(token).get("kid")
    (named,) = [key for key in keys if key["kid"] == kid] or [keys[0]]
    read: Row = jwt.decode(
        token, jwt.PyJWK(named).key, algorithms=[named["alg"]], issuer=issuer, options={"verify_aud": False}
    )
    return read


@flaw(of="read_access_token", cwe=347, asvs="9.1.1")
def decode_without_verifying(token: str, keys: list[Row], issuer: str, audience: str) -> Row:
    """Read a token's claims: the gateway before us checks the signature, or will one day."""
    read: Row = jwt.decode(token, options={"verify_signature": False})
    return read


@flaw(of="challenge_for", cwe=863, asvs="8.2.1")
def find_it_in_the_text(sent: bool, claims: Row | None, scope: str) -> tuple[int, dict[str, str]] | None:
    """Look whether a scope occurs in what the token says."""
    found = claims is not None and scope in str(claims.get("scope"))
    return challenge_for(sent, claims | {"scope": scope} if found and claims else claims, scope)


@flaw(of="login_wanted", cwe=306, asvs="7.5.3")
def ask_nobody_again(claims: Row, wanted: Row, now: datetime) -> dict[str, str]:
    """Take it that whoever has a token has logged in."""
    return {}


@flaw(of="login_wanted", cwe=287, asvs="6.8.4")
def look_when_the_token_was_made(claims: Row, wanted: Row, now: datetime) -> dict[str, str]:
    """Find out how fresh a login is by when its token was made."""
    return login_wanted(claims | {"auth_time": claims["iat"]}, wanted, now)


# The applications.


@flaw(of="leave", cwe=613, asvs="7.4.1")
def forget_the_cookie_only(sessions: Collection, session: Row, way: dict[str, str | None]) -> str:
    """Log somebody out by taking the cookie away from them."""
    return leave(sessions, session | {"_id": ""}, way)


@flaw(of="leave", cwe=613, asvs="7.4.1")
def stay_at_the_provider(sessions: Collection, session: Row, way: dict[str, str | None]) -> str:
    """Log somebody out of the shop, and leave the rest to others."""
    return leave(sessions, session, way | {"end_session_endpoint": None})


@flaw(of="read_logout_token", cwe=345, asvs="10.5.5")
def take_whatever_it_signs(token: str, keys: list[Row], issuer: str, client_id: str) -> Row:
    """Accept any token of the provider: it says who it is about, and that is what is needed."""
    read = take_tokens_for_any_api(token, keys, issuer, client_id)
    return {"jti": str(read["iat"])} | read


@flaw(of="read_logout_token", cwe=347, asvs="9.1.1")
def believe_what_is_not_signed(token: str, keys: list[Row], issuer: str, client_id: str) -> Row:
    """Read a logout token without verifying it: what harm is there in a log-out?"""
    return decode_without_verifying(token, keys, issuer, client_id)


@flaw(of="end_sessions", cwe=294, asvs="10.5.5")
def take_it_as_often_as_it_comes(sessions: Collection, used: Collection, claims: Row, now: datetime) -> bool:
    """End all sessions of a user whenever a good token says so."""
    sessions.delete_many({"iss": claims["iss"], "sub": claims["sub"]})
    return True


@flaw(of="end_sessions", cwe=613, asvs="7.4.1")
def look_for_the_user_only(sessions: Collection, used: Collection, claims: Row, now: datetime) -> bool:
    """Find sessions by their user, and nothing where the token names a login and no user."""
    if "sub" not in claims:
        return True
    return end_sessions(sessions, used, claims, now)
