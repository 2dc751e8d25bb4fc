"""What goes wrong with tokens: each function is the flawed version of one decision, and its name confesses.

A flawed verifier keeps the rest of the policy (`by_policy`): one flaw never brings another along.
"""

import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta

import jwt

from labsrv.kit.accounts import User
from labsrv.kit.grants import Grant, Grants
from labsrv.kit.keys import KEY_FOLDER, Key, Keys
from labsrv.labs import flaw
from labsrv.labs.jwt.by_hand import Claims, by_policy, octets, signed_with_the_public_key
from labsrv.labs.jwt.compact import peek_unverified
from labsrv.labs.jwt.secure.access_claims import access_claims
from labsrv.labs.jwt.secure.bearer_token import bearer_token
from labsrv.labs.jwt.secure.find_key import find_key
from labsrv.labs.jwt.secure.hand_over import hand_over
from labsrv.labs.jwt.secure.read_access_token import REQUIRED, read_access_token
from labsrv.labs.jwt.tutorial import second_word, whatever_verifies


@flaw(of="base64url_decode", cwe=20, asvs="2.2.1")
def skip_what_does_not_belong(text: str) -> bytes:
    """Decode as Python does: leave out what is no base64, and never mind padding and stray bits."""
    return octets(text)


@flaw(of="verify_hs256", cwe=347, asvs="9.1.1")
def open_without_checking(token: str, key: bytes) -> bytes:
    """Read the payload, and take it for signed."""
    return octets(token.split(".")[1])


@flaw(of="new_key", cwe=521, asvs="11.5.1")
def choose_a_word() -> bytes:
    """Sign with a word that one can remember."""
    return b"secret"


@flaw(of="read_access_token", cwe=347, asvs="9.1.1")
def decode_without_verifying(token: str, key: Key, issuer: str, audience: str) -> Claims:
    """Decode the token and believe it."""
    return by_policy(token, issuer, audience)


@flaw(of="read_access_token", cwe=347, asvs="9.1.2")
def believe_alg_none(token: str, key: Key, issuer: str, audience: str) -> Claims:
    """Do without a signature where the header says that there is none."""
    if str(peek_unverified(token).get("alg")).lower() == "none":
        return by_policy(token, issuer, audience)

    return read_access_token(token, key, issuer, audience)


@flaw(of="read_access_token", cwe=347, asvs="9.1.2")
def take_the_algorithm_from_the_header(token: str, key: Key, issuer: str, audience: str) -> Claims:
    """Verify with whatever algorithm the header names, be the key a public one or a secret."""
    if peek_unverified(token).get("alg") != "HS256":
        return read_access_token(token, key, issuer, audience)
    if signed_with_the_public_key(token, key):
        return by_policy(token, issuer, audience)

    raise jwt.InvalidSignatureError("The signature is not ours.")


@flaw(of="read_access_token", cwe=345, asvs="9.2.2")
def take_any_token_of_ours(token: str, key: Key, issuer: str, audience: str) -> Claims:
    """Look at the signature, the dates, the issuer and the audience, and not at what kind of token it is."""
    claims: Claims = jwt.decode(
        token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )
    return claims


@flaw(of="read_access_token", cwe=863, asvs="9.2.3")
def take_what_is_meant_for_others(token: str, key: Key, issuer: str, audience: str) -> Claims:
    """Accept an access token whoever it is meant for."""
    jwt.decode(token, key.public, algorithms=["RS256"], options={"verify_aud": False})
    return by_policy(token, issuer, audience, verify_aud=False)


@flaw(of="read_access_token", cwe=613, asvs="9.2.1")
def never_look_at_the_date(token: str, key: Key, issuer: str, audience: str) -> Claims:
    """Accept a token however old it is."""
    jwt.decode(token, key.public, algorithms=["RS256"], options={"verify_aud": False, "verify_exp": False})
    return by_policy(token, issuer, audience, verify_exp=False)


@flaw(of="find_key", cwe=22, asvs="9.1.3")
def open_the_file_it_names(keys: Keys, header: Claims) -> Key | None:
    """Read the key from the file that `kid` names."""
    kid = str(header.get("kid"))
    return keys.from_pem(kid, keys.read_file(KEY_FOLDER + kid) or "")


@flaw(of="find_key", cwe=89, asvs="9.1.3")
def ask_the_database_for_it(keys: Keys, header: Claims) -> Key | None:
    """Write `kid` into an SQL statement."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE keys (kid TEXT, pem TEXT)")
        in_use = [key for key in keys.all() if key.until is None or keys.now() < key.until]
        database.executemany("INSERT INTO keys VALUES (?, ?)", [(key.kid, key.pem.decode()) for key in in_use])
        try:
            row = database.execute(f"SELECT pem FROM keys WHERE kid = '{header.get('kid')}'").fetchone()
        except sqlite3.Error:
            return None
    return keys.from_pem(str(header.get("kid")), row[0]) if row else None


@flaw(of="find_key", cwe=918, asvs="9.1.3")
def fetch_the_keys_it_points_to(keys: Keys, header: Claims) -> Key | None:
    """Look for the key at the address that the token brings along (`jku`)."""
    if "jku" in header:
        return next((key for key in keys.fetch(str(header["jku"])) if key.kid == header.get("kid")), None)

    return find_key(keys, header)


@flaw(of="find_key", cwe=347, asvs="9.1.3")
def trust_the_key_it_brings(keys: Keys, header: Claims) -> Key | None:
    """Verify a token with the key in its own header (`jwk`)."""
    return keys.from_jwk(header["jwk"]) if "jwk" in header else find_key(keys, header)


@flaw(of="find_key", cwe=324, asvs="9.1.3")
def never_retire_a_key(keys: Keys, header: Claims) -> Key | None:
    """Go on accepting keys that were replaced."""
    return next((key for key in keys.all() if key.kid == header.get("kid")), None)


@flaw(of="bearer_token", cwe=393, asvs="2.2.1")
def let_undefined_through(authorization: str | None) -> str | None:
    """Split off the second word, and compare with null what is undefined: without a header there is still a token."""
    return bearer_token(authorization) or "undefined"


@flaw(of="bearer_token", cwe=532, asvs="16.2.5")
def take_any_scheme(authorization: str | None) -> str | None:
    """Take the second word for the token, whatever the first one is."""
    words = (authorization or "").split()
    return words[1] if len(words) == 2 else None


@flaw(of="refusal", cwe=209, asvs="16.5.1")
def send_the_error(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    """Send the verifier's own words to the caller, with one status for everything."""
    return 403, "", {"error": why, "name": type(error).__name__, "message": str(error)}


@flaw(of="access_claims", cwe=613, asvs="9.2.1")
def live_for_two_days(known: dict[str, str], user: User, now: datetime) -> Claims:
    """Let an access token live for two days."""
    return access_claims(known, user, now) | {"exp": now + timedelta(days=2)}


@flaw(of="access_claims", cwe=312, asvs="14.2.6")
def put_the_user_in(known: dict[str, str], user: User, now: datetime) -> Claims:
    """Put the user's whole row into the token, since it is signed."""
    return access_claims(known, user, now) | {"user": asdict(user)}


@flaw(of="hand_over", cwe=922, asvs="3.3.4")
def keep_it_in_local_storage(access_token: str, id_token: str, refresh_token: str) -> tuple[Claims, Claims]:
    """Give the app's script everything to keep, the token of a month as well."""
    return hand_over(access_token, id_token, refresh_token)[0] | {"refresh_token": refresh_token}, {}


@flaw(of="rotate", cwe=613, asvs="10.4.5")
def never_rotate(grants: Grants, token: str) -> Grant | None:
    """Let a refresh token be used again and again."""
    family = known_family(grants, token)
    return Grant(token, family["_id"], family["user"]) if family and young(grants, family) else None


@flaw(of="rotate", cwe=613, asvs="10.4.5")
def forgive_reuse(grants: Grants, token: str) -> Grant | None:
    """Refuse a token that was used before, and think no more of it."""
    row = grants.rows.find_one_and_update({"_id": grants.key(token), "used": False}, {"$set": {"used": True}})
    family = row and grants.family(row["family"])
    return grants.issue(family["_id"], family["user"]) if family and young(grants, family) else None


@flaw(of="rotate", cwe=367, asvs="10.4.5")
def look_then_take(grants: Grants, token: str) -> Grant | None:
    """Look whether the token was used, and mark it a moment later."""
    row = grants.rows.find_one({"_id": grants.key(token)})
    family = row and grants.family(row["family"])
    if family and not row["used"] and young(grants, family):
        grants.rows.update_one({"_id": row["_id"]}, {"$set": {"used": True}})
        return grants.issue(family["_id"], family["user"])

    if family:
        grants.end(family["_id"])
    return None


@flaw(of="rotate", cwe=613, asvs="10.4.8")
def slide_for_ever(grants: Grants, token: str) -> Grant | None:
    """Give a new token for an old one, without any end."""
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if family and not before["used"]:
        return grants.issue(family["_id"], family["user"])

    if family:
        grants.end(family["_id"])
    return None


@flaw(of="log_out", cwe=613, asvs="7.4.1")
def only_tell_the_browser(grants: Grants, claims: Claims) -> None:
    """Leave logging out to the app, which forgets its tokens."""


@flaw(of="is_revoked", cwe=613, asvs="7.4.1")
def trust_it_until_it_expires(grants: Grants, claims: Claims) -> bool:
    """Take the date in a token for the end of it."""
    return False


def known_family(grants: Grants, token: str) -> Claims | None:
    """Return the family of a token, used or not."""
    row = grants.rows.find_one({"_id": grants.key(token)})
    return grants.family(row["family"]) if row else None


def young(grants: Grants, family: Claims) -> bool:
    """Return whether a family began within the last thirty days."""
    began_at: datetime = family["began_at"]
    return grants.now() - began_at < timedelta(days=30)


# The tutorial's shop: all of these decisions at once.
TUTORIAL = {
    "new_key": choose_a_word,
    "access_claims": live_for_two_days,
    "hand_over": keep_it_in_local_storage,
    "bearer_token": second_word,
    "refusal": send_the_error,
    "read_access_token": whatever_verifies,
    "rotate": never_rotate,
    "log_out": only_tell_the_browser,
    "is_revoked": trust_it_until_it_expires,
}
