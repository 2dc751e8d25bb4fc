"""The menu: what can be wrong, by the point at which it is.

name      what is wrong       the section that a client follows to notice it       how it is done
"""

from dataclasses import dataclass

from labsrv.provider.faults.spoilers import (
    OTHER,
    Spoiler,
    claims,
    for_somebody_else,
    foreign_key,
    forged,
    header,
    later,
    members,
    smudged,
    without_our_keys,
)

CORE, BACK_CHANNEL, JWT_USE = "Core, 3.1.3.7", "Back-Channel Logout, 2.6", "RFC 8725"


@dataclass(frozen=True)
class ProviderFault:
    """One way to answer wrongly: `says` is what is wrong, `breaks` the section that a client follows to notice."""

    name: str
    point: str
    says: str
    breaks: str
    spoil: Spoiler


MENU: dict[str, dict[str, tuple[str, str, Spoiler]]] = {
    "discovery": {
        "discovery_of_another": ("The metadata names another issuer.", "Discovery, 4.3", members(issuer=OTHER)),
    },
    "jwks": {
        "jwks_without_the_key": ("No published key has the name in the tokens.", CORE, without_our_keys),
    },
    "authorization_response": {
        "mixed_up_iss": ("Another provider is said to answer.", "RFC 9207, 2.4", members(iss=OTHER)),
        "missing_response_iss": (
            "Nobody is said to answer, though the metadata promise it.",
            "RFC 9207, 2.4",
            members(iss=None),
        ),
        "wrong_state": (
            "The state is not the one that was sent.",
            "RFC 6749, 10.12",
            members(state="of-somebody-else"),
        ),
        "missing_state": ("The state does not come back.", "RFC 6749, 4.1.2", members(state=None)),
        "code_of_another_client": ("The code is another client's.", "RFC 6749, 4.1.3", for_somebody_else),
    },
    "token_response": {
        "wrong_token_type": (
            "The access token is of a type that nobody knows.",
            "RFC 6749, 7.1",
            members(token_type="mac"),
        ),
        "missing_id_token": ("There is no ID token.", "Core, 3.1.3.3", members(id_token=None)),
    },
    "userinfo": {
        "userinfo_of_another": (
            "The claims are about somebody else.",
            "Core, 5.3.2",
            members(sub="somebody-else", name="Mallory"),
        ),
        "userinfo_without_sub": ("The claims do not say whom they are about.", "Core, 5.3.2", members(sub=None)),
    },
    "id_token": {
        "wrong_iss": ("The issuer is another one.", f"{CORE}, 2", claims(iss=OTHER)),
        "iss_with_a_slash": (
            "The issuer has a slash more at its end.",
            f"{CORE}, 2",
            claims(iss=lambda draft: f"{draft.claims['iss']}/"),
        ),
        "wrong_aud": ("The token is for another client.", f"{CORE}, 3", claims(aud="somebody-else")),
        "two_audiences": (
            "The token is for a second client as well, whom nobody trusts.",
            f"{CORE}, 3",
            claims(aud=lambda draft: [draft.claims["aud"], "somebody-else"]),
        ),
        "wrong_azp": ("The token was issued to another client.", f"{CORE}, 5", claims(azp="somebody-else")),
        "expired": (
            "The token has expired an hour ago.",
            f"{CORE}, 9",
            claims(iat=later(hours=-2), exp=later(hours=-1)),
        ),
        "missing_exp": ("The token does not expire.", "Core, 2", claims(exp=None)),
        "issued_in_the_future": (
            "The token was issued an hour from now.",
            f"{CORE}, 10",
            claims(iat=later(hours=1), exp=later(hours=2)),
        ),
        "missing_iat": ("The token does not say when it was issued.", "Core, 2", claims(iat=None)),
        "wrong_nonce": ("The nonce is another login's.", f"{CORE}, 11", claims(nonce="of-somebody-else")),
        "missing_nonce": ("There is no nonce.", f"{CORE}, 11", claims(nonce=None)),
        "wrong_at_hash": (
            "The token goes with another access token.",
            "Core, 3.1.3.8",
            claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
        ),
        "missing_sub": ("The token does not say who logged in.", "Core, 2", claims(sub=None)),
        "long_sub": ("The subject has more than 255 characters.", "Core, 2", claims(sub="x" * 256)),
        "old_auth_time": (
            "The user logged in yesterday, whatever max_age was.",
            f"{CORE}, 13",
            claims(auth_time=lambda draft: draft.claims["auth_time"] - 86_400),
        ),
        "missing_auth_time": ("The token does not say when the user logged in.", f"{CORE}, 13", claims(auth_time=None)),
        "lower_acr": ("The user logged in with less than was asked for.", f"{CORE}, 12", claims(acr="0", amr=["user"])),
        "alg_none": ("The token is not signed, and says so.", f"{CORE}, 7", forged("none")),
        "hs256_with_public_key": ("The token has an HMAC over the public key.", f"{JWT_USE}, 2.1", forged("HS256")),
        "foreign_key_same_kid": ("Somebody else has signed, under the name of our key.", f"{CORE}, 6", foreign_key),
        "unknown_kid": ("The key's name is none that was published.", "Core, 10.1", header(kid="nobody")),
        "changed_after_signing": ("A claim was added after the token was signed.", f"{CORE}, 6", smudged),
        "typ_of_an_access_token": (
            "The token says that it is an access token.",
            f"{JWT_USE}, 3.11",
            header(typ="at+jwt"),
        ),
    },
    "access_token": {
        "access_token_of_another_api": ("The access token is for another API.", "RFC 9068, 4", claims(aud=OTHER)),
        "access_token_expired": (
            "The access token has expired an hour ago.",
            "RFC 9068, 4",
            claims(iat=later(hours=-2), exp=later(hours=-1)),
        ),
        "access_token_without_typ": ("The access token says that it is any JWT.", "RFC 9068, 4", header(typ="JWT")),
    },
    "logout_token": {
        "logout_wrong_iss": ("The logout token is another issuer's.", f"{BACK_CHANNEL}, 4", claims(iss=OTHER)),
        "logout_wrong_aud": (
            "The logout token is for another client.",
            f"{BACK_CHANNEL}, 4",
            claims(aud="somebody-else"),
        ),
        "logout_expired": (
            "The logout token has expired an hour ago.",
            f"{BACK_CHANNEL}, 4",
            claims(iat=later(hours=-2), exp=later(hours=-1)),
        ),
        "logout_of_nobody": (
            "The logout token names neither a subject nor a session.",
            f"{BACK_CHANNEL}, 5",
            claims(sub=None, sid=None),
        ),
        "logout_without_events": ("Nothing says that it is a logout token.", f"{BACK_CHANNEL}, 6", claims(events=None)),
        "logout_with_other_event": (
            "The event is another one.",
            f"{BACK_CHANNEL}, 6",
            claims(events={"http://other.localhost/event": {}}),
        ),
        "logout_with_nonce": (
            "The logout token has a nonce, as an ID token would.",
            f"{BACK_CHANNEL}, 7",
            claims(nonce="of-somebody"),
        ),
        "logout_same_jti": (
            "All logout tokens have the same jti.",
            f"{BACK_CHANNEL}, 8",
            claims(jti="always-the-same"),
        ),
        "logout_of_another_session": (
            "The logout token is about a session that nobody has.",
            f"{BACK_CHANNEL}, 10",
            claims(sid="nobodys", sub="nobody"),
        ),
        "logout_without_jti": ("The logout token has no jti.", "Back-Channel Logout, 2.4", claims(jti=None)),
        "logout_wrong_typ": ("The logout token says that it is any JWT.", f"{JWT_USE}, 3.11", header(typ="JWT")),
        "logout_alg_none": ("The logout token is not signed, and says so.", f"{BACK_CHANNEL}, 3", forged("none")),
        "logout_foreign_key": ("Somebody else has signed the logout token.", f"{BACK_CHANNEL}, 2", foreign_key),
    },
}
FAULTS = {name: ProviderFault(name, point, *row) for point, rows in MENU.items() for name, row in rows.items()}
