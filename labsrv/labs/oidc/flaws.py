"""What goes wrong with logins at providers: each function is the flawed version of one decision; its name confesses."""

from datetime import datetime
from typing import Any

import jwt

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection
from labsrv.labs import flaw
from labsrv.labs.oidc.by_hand import by_policy, claims_of, header_of, signed_with_the_public_key
from labsrv.relying_party.secure.account_for import account_for
from labsrv.relying_party.secure.authorization_request import authorization_request
from labsrv.relying_party.secure.browser_cookie import browser_cookie
from labsrv.relying_party.secure.fits import fits
from labsrv.relying_party.secure.keep_tokens import keep_tokens
from labsrv.relying_party.secure.link import link
from labsrv.relying_party.secure.new_transaction import new_transaction
from labsrv.relying_party.secure.profile_of import profile_of
from labsrv.relying_party.secure.read_id_token import read_id_token
from labsrv.relying_party.secure.take_transaction import take_transaction

Row = dict[str, Any]


@flaw(of="code_challenge", cwe=345, asvs="10.2.1")
def challenge_nobody(verifier: str) -> str:
    """Do without PKCE, since there is a client secret."""
    return ""


@flaw(of="new_transaction", cwe=330, asvs="10.2.1")
def take_the_state_for_the_verifier(browser: str, asked: Row, now: datetime) -> Row:
    """Draw one secret and use it for two things, of which one stands in addresses."""
    row = new_transaction(browser, asked, now)
    return row | {"verifier": row["_id"]}


@flaw(of="new_transaction", cwe=323, asvs="10.5.1")
def send_everybody_with_one_nonce(browser: str, asked: Row, now: datetime) -> Row:
    """Send a nonce because the provider wants one, and always the same."""
    return new_transaction(browser, asked, now) | {"nonce": "tea-shop"}


@flaw(of="authorization_request", cwe=250, asvs="10.2.3")
def ask_for_more_than_is_needed(provider: Row, transaction: Row, challenge: str) -> dict[str, str]:
    """Ask for access while nobody is there as well: one may need it some day."""
    return authorization_request(provider, transaction, challenge) | {"scope": "openid profile email offline_access"}


@flaw(of="browser_cookie", cwe=1275, asvs="3.3.2")
def keep_it_at_home(value: str) -> Row:
    """Make the cookie as strict as can be, since it is about a login."""
    return browser_cookie(value) | {"samesite": "Strict"}


@flaw(of="take_transaction", cwe=352, asvs="10.2.1")
def take_it_from_any_browser(transactions: Collection, browser: str, answer: dict[str, str], now: datetime) -> Any:
    """Look whether the state is one of ours, and not whose."""
    row = transactions.find_one({"_id": answer.get("state", "")}) or {}
    return take_transaction(transactions, row.get("browser", ""), answer, now)


@flaw(of="take_transaction", cwe=294, asvs="10.2.1")
def keep_it_for_the_next_time(transactions: Collection, browser: str, answer: dict[str, str], now: datetime) -> Any:
    """Compare the state, and leave its row where it is."""
    row = take_transaction(transactions, browser, answer, now)
    if row:
        transactions.insert_one(dict(row))
    return row


@flaw(of="take_transaction", cwe=613, asvs="10.2.1")
def let_it_grow_old(transactions: Collection, browser: str, answer: dict[str, str], now: datetime) -> Any:
    """Wait for an answer for ever."""
    row = transactions.find_one_and_delete({"_id": answer.get("state", ""), "browser": browser})
    return dict(row) if row and answer.get("iss") == row["iss"] else None


@flaw(of="take_transaction", cwe=346, asvs="10.2.2")
def never_ask_who_answers(transactions: Collection, browser: str, answer: dict[str, str], now: datetime) -> Any:
    """Take whatever comes back for the answer of the provider that one asked."""
    row = transactions.find_one({"_id": answer.get("state", "")}) or {}
    return take_transaction(transactions, browser, answer | {"iss": row.get("iss", "")}, now)


@flaw(of="trusts", cwe=346, asvs="10.5.3")
def believe_any_metadata(metadata: Row, issuer: str) -> bool:
    """Take a provider for whom it says that it is."""
    return True


@flaw(of="read_id_token", cwe=347, asvs="9.1.1")
def decode_without_verifying(token: str, keys: list[Row], issuer: str, client_id: str) -> Row:
    """Decode the token and believe it: it comes from the provider itself, after all."""
    return by_policy(claims_of(token), issuer, client_id)


@flaw(of="read_id_token", cwe=347, asvs="9.1.2")
def believe_alg_none(token: str, keys: list[Row], issuer: str, client_id: str) -> Row:
    """Do without a signature where the header says that there is none."""
    if str(header_of(token).get("alg")).lower() == "none":
        return by_policy(claims_of(token), issuer, client_id)

    return read_id_token(token, keys, issuer, client_id)


@flaw(of="read_id_token", cwe=347, asvs="9.1.2")
def take_the_algorithm_from_the_header(token: str, keys: list[Row], issuer: str, client_id: str) -> Row:
    """Verify with whatever algorithm the header names, be the key a public one or a secret."""
    if header_of(token).get("alg") != "HS256":
        return read_id_token(token, keys, issuer, client_id)
    if signed_with_the_public_key(token, keys):
        return by_policy(claims_of(token), issuer, client_id)

    raise jwt.InvalidSignatureError("The signature is not the provider's.")


@flaw(of="read_id_token", cwe=347, asvs="9.1.3")
def trust_the_key_it_brings(token: str, keys: list[Row], issuer: str, client_id: str) -> Row:
    """Verify a token with the key in its own header (`jwk`)."""
    header = header_of(token)
    brought = [{"alg": header.get("alg"), **header["jwk"], "kid": header.get("kid")}] if "jwk" in header else keys
    return read_id_token(token, brought, issuer, client_id)


@flaw(of="read_id_token", cwe=863, asvs="10.5.4")
def take_what_is_meant_for_others(token: str, keys: list[Row], issuer: str, client_id: str) -> Row:
    """Accept an ID token of this provider whichever application it was made for."""
    return read_id_token(token, keys, issuer, str(claims_of(token).get("aud")))


@flaw(of="fits", cwe=294, asvs="10.5.1")
def forget_the_nonce(claims: Row, transaction: Row, access_token: str, now: datetime) -> bool:
    """Send a nonce, and never look whether it comes back."""
    return fits(claims | {"nonce": transaction["nonce"]}, transaction, access_token, now)


@flaw(of="fits", cwe=287, asvs="6.8.4")
def take_asked_for_done(claims: Row, transaction: Row, access_token: str, now: datetime) -> bool:
    """Ask that somebody show who they are, and take it that they have."""
    return fits(claims, transaction | {"max_age": None, "acr_values": ""}, access_token, now)


@flaw(of="profile_of", cwe=915, asvs="15.3.3")
def keep_all_it_says(claims: Row, userinfo: Row) -> Row | None:
    """Take over whatever a provider says of somebody: one does not have to change it when there is more."""
    profile = profile_of(claims, userinfo)
    return None if profile is None else userinfo | profile


@flaw(of="profile_of", cwe=345, asvs="10.5.2")
def never_compare_subjects(claims: Row, userinfo: Row) -> Row | None:
    """Take it that claims from userinfo are about whoever the ID token is about."""
    return profile_of(claims, userinfo | {"sub": claims["sub"]})


@flaw(of="account_for", cwe=290, asvs="6.8.1")
def find_them_by_email(identities: Collection, accounts: Collection, issuer: str, claims: Row) -> str | None:
    """Find people by their e-mail address, which they have at every provider."""
    known = accounts.find_one({"email": claims["email"]}) if claims.get("email") else None
    return str(known["_id"]) if known else account_for(identities, accounts, issuer, claims)


@flaw(of="account_for", cwe=290, asvs="6.8.1")
def believe_that_it_is_verified(identities: Collection, accounts: Collection, issuer: str, claims: Row) -> str | None:
    """Find people by an address that is verified, whoever says so."""
    verified = claims.get("email_verified") is True
    return (find_them_by_email if verified else account_for)(identities, accounts, issuer, claims)


@flaw(of="account_for", cwe=290, asvs="6.8.1")
def take_the_subject_alone(identities: Collection, accounts: Collection, issuer: str, claims: Row) -> str | None:
    """Find people by their subject, whose provider soever it is from."""
    known = identities.find_one({"sub": claims["sub"]})
    return str(known["account"]) if known else account_for(identities, accounts, issuer, claims)


@flaw(of="link", cwe=384, asvs="10.2.1")
def link_to_whoever_is_here(
    identities: Collection, session: Row | None, transaction: Row, identity: dict[str, str], now: datetime
) -> bool:
    """Link an identity to the account that is logged in when the answer comes."""
    return link(identities, session, transaction | {"link": session and session["_id"]}, identity, now)


@flaw(of="link", cwe=306, asvs="7.5.1")
def link_without_asking_again(
    identities: Collection, session: Row | None, transaction: Row, identity: dict[str, str], now: datetime
) -> bool:
    """Let everybody add a way in who is logged in, however long ago they showed who they are."""
    return link(identities, session and session | {"proved_at": now}, transaction, identity, now)


@flaw(of="unlink", cwe=639, asvs="8.2.2")
def unlink_anybodys(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    """Take out whichever way in the form names."""
    return identities.delete_one({"iss": identity["iss"], "sub": identity["sub"]}).deleted_count == 1


@flaw(of="unlink", cwe=1322, asvs="6.8.1")
def unlink_the_last_one(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    """Take out a way in without counting how many are left."""
    mine = {"iss": identity["iss"], "sub": identity["sub"], "account": account}
    return identities.delete_one(mine).deleted_count == 1


@flaw(of="keep_tokens", cwe=522, asvs="10.1.1")
def hand_the_tokens_to_the_browser(login: Row, now: datetime) -> tuple[Row, Row]:
    """Give the tokens to the page's script, which can then ask the provider itself."""
    row, cookie = keep_tokens(login, now)
    value = f"{cookie['value']}.{login['tokens']['access_token']}"
    return row | {"_id": fingerprint(value)}, cookie | {"value": value, "httponly": False}


@flaw(of="keep_tokens", cwe=340, asvs="7.2.3")
def take_the_providers_number(login: Row, now: datetime) -> tuple[Row, Row]:
    """Call the session what the provider calls it: `sid` has a name for it already."""
    row, cookie = keep_tokens(login, now)
    value = str(login["sid"] or cookie["value"])
    return row | {"_id": fingerprint(value)}, cookie | {"value": value}
