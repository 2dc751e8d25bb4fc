"""Each fault is seen from outside, in one thing only; and our own judgement of ID tokens notices those about them."""

import jwt
import pytest

from labsrv.provider.faults.active import active_faults, set_faults
from labsrv.provider.faults.menu import FAULTS, MENU
from tests.provider.conftest import PAY, allow, log_in

OF_ID_TOKENS = list(MENU["id_token"])
# What a client without `max_age` and `acr_values` in its request need not notice.
ONLY_WHERE_ASKED = {"old_auth_time", "missing_auth_time", "lower_acr"}
# PyJWT, told to check all it can, does not look at these: a client has to.
LEFT_TO_US = {"wrong_nonce", "missing_nonce", "wrong_at_hash", "wrong_azp", "typ_of_an_access_token", "long_sub"}


def answers(app, browser):
    """Log in with everything on, and return all that the provider says on the way."""
    said = {"discovery": app.call("/.well-known/openid-configuration", method="GET").json()}
    app.start(browser, scope="openid email offline_access", prompt="login")
    log_in(browser)
    allow(browser)
    said["authorization_response"] = app.answer(browser)
    token = app.redeem(said["authorization_response"]["code"])
    said["token_response"] = token.json()
    if token.status == 200:
        said["userinfo"] = app.userinfo(token.json()["access_token"]).json()
    return said


def test_there_are_many_and_each_says_what_breaks():
    assert len(FAULTS) >= 25
    for fault in FAULTS.values():
        assert fault.says.endswith(".") and len(fault.says) < 90, fault.name
        assert any(mark in fault.breaks for mark in ("Core", "RFC", "Discovery", "Log")), fault.name
        assert any(each.isdigit() for each in fault.breaks), fault.name
    assert len({fault.says for fault in FAULTS.values()}) == len(FAULTS)


@pytest.mark.parametrize("name", [name for name in OF_ID_TOKENS if name not in LEFT_TO_US | ONLY_WHERE_ASKED])
def test_a_spoiled_id_token_is_refused(app, alice, name):
    set_faults(app.provider, [name])
    token = answers(app, alice)["token_response"]["id_token"]

    with pytest.raises((jwt.PyJWTError, KeyError)):
        strictly(app, token)


def strictly(app, token):
    """Return the claims of an ID token, if PyJWT told to be strict accepts it."""
    keys = jwt.PyJWKSet.from_dict(app.call("/.well-known/jwks.json", method="GET").json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(
        token,
        key.key,
        algorithms=["RS256"],
        audience=app.client_id,
        issuer=app.provider.issuer,
        options={"require": ["iss", "sub", "aud", "exp", "iat"], "strict_aud": True},
    )


SEEN = {
    "wrong_nonce": lambda app, said, claims: claims["nonce"] != app.sent["nonce"],
    "missing_nonce": lambda app, said, claims: "nonce" not in claims,
    "wrong_at_hash": lambda app, said, claims: claims["at_hash"] == "A" * 22,
    "wrong_azp": lambda app, said, claims: claims["azp"] == "somebody-else",
    "long_sub": lambda app, said, claims: len(claims["sub"]) == 256,
    "old_auth_time": lambda app, said, claims: claims["auth_time"] < claims["iat"] - 80_000,
    "missing_auth_time": lambda app, said, claims: "auth_time" not in claims,
    "lower_acr": lambda app, said, claims: claims["acr"] == "0",
    "discovery_of_another": lambda app, said, claims: said["discovery"]["issuer"] != app.provider.issuer,
    "mixed_up_iss": lambda app, said, claims: said["authorization_response"]["iss"] != app.provider.issuer,
    "missing_response_iss": lambda app, said, claims: "iss" not in said["authorization_response"],
    "wrong_state": lambda app, said, claims: said["authorization_response"]["state"] != app.sent["state"],
    "missing_state": lambda app, said, claims: "state" not in said["authorization_response"],
    "code_of_another_client": lambda app, said, claims: said["token_response"]["error"] == "invalid_grant",
    "wrong_token_type": lambda app, said, claims: said["token_response"]["token_type"] == "mac",
    "missing_id_token": lambda app, said, claims: "id_token" not in said["token_response"],
    "userinfo_of_another": lambda app, said, claims: said["userinfo"]["sub"] != claims["sub"],
    "userinfo_without_sub": lambda app, said, claims: "sub" not in said["userinfo"],
}


@pytest.mark.parametrize("name", SEEN)
def test_a_fault_is_seen(app, alice, name):
    set_faults(app.provider, [name])
    said = answers(app, alice)
    token = said["token_response"].get("id_token")
    claims = strictly(app, token) if token else {}

    assert SEEN[name](app, said, claims)


def test_without_faults_nothing_of_this_is_so(app, alice):
    said = answers(app, alice)
    claims = strictly(app, said["token_response"]["id_token"])

    for name, seen in SEEN.items():
        try:
            assert not seen(app, said, claims), name
        except KeyError:  # what the fault adds is not there
            continue


def test_the_type_of_an_access_token(app, alice):
    set_faults(app.provider, ["typ_of_an_access_token"])

    assert jwt.get_unverified_header(app.tokens(alice)["id_token"])["typ"] == "at+jwt"


def test_keys_under_other_names(app, alice):
    set_faults(app.provider, ["jwks_without_the_key"])

    with pytest.raises(KeyError):
        strictly(app, app.tokens(alice)["id_token"])


OF_ACCESS_TOKENS = {
    "access_token_of_another_api": lambda header, claims: claims["aud"] != PAY,
    "access_token_expired": lambda header, claims: claims["exp"] - claims["iat"] == 3600,
    "access_token_without_typ": lambda header, claims: header["typ"] == "JWT",
}


@pytest.mark.parametrize("name", OF_ACCESS_TOKENS)
def test_a_spoiled_access_token(app, lab, alice, name):
    set_faults(app.provider, [name])
    token = app.tokens(alice, scope="openid read:pay", resource=PAY)["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})

    assert OF_ACCESS_TOKENS[name](jwt.get_unverified_header(token), claims)
    assert name != "access_token_expired" or claims["exp"] < lab.clock.time()


OF_LOGOUT_TOKENS = {
    "logout_wrong_iss": lambda header, claims: claims["iss"] == "http://other.localhost",
    "logout_wrong_aud": lambda header, claims: claims["aud"] == "somebody-else",
    "logout_expired": lambda header, claims: claims["exp"] - claims["iat"] == 3600,
    "logout_of_nobody": lambda header, claims: not {"sub", "sid"} & claims.keys(),
    "logout_without_events": lambda header, claims: "events" not in claims,
    "logout_with_other_event": lambda header, claims: list(claims["events"]) == ["http://other.localhost/event"],
    "logout_with_nonce": lambda header, claims: "nonce" in claims,
    "logout_same_jti": lambda header, claims: claims["jti"] == "always-the-same",
    "logout_of_another_session": lambda header, claims: claims["sid"] == "nobodys",
    "logout_without_jti": lambda header, claims: "jti" not in claims,
    "logout_wrong_typ": lambda header, claims: header["typ"] == "JWT",
    "logout_alg_none": lambda header, claims: header["alg"] == "none",
    "logout_foreign_key": lambda header, claims: True,
}


@pytest.mark.parametrize("name", MENU["logout_token"])
def test_a_spoiled_logout_token(app, lab, alice, name):
    hint = app.tokens(alice)["id_token"]
    set_faults(app.provider, [name])
    alice.navigate(f"{app.provider.issuer}/oidc/logout?id_token_hint={hint}")
    (row,) = lab.db.told.find()
    claims = jwt.decode(row["token"], options={"verify_signature": False})

    assert OF_LOGOUT_TOKENS[name](jwt.get_unverified_header(row["token"]), claims)
    if name == "logout_foreign_key":
        with pytest.raises(jwt.InvalidSignatureError):
            app.read(row["token"])


def test_several_at_once_and_none_again(app, alice):
    set_faults(app.provider, ["wrong_nonce", "wrong_state", "wrong_nonce"])
    assert active_faults(app.provider) == ["wrong_state", "wrong_nonce"]
    said = answers(app, alice)
    assert said["authorization_response"]["state"] == "of-somebody-else"
    assert strictly(app, said["token_response"]["id_token"])["nonce"] == "of-somebody-else"

    set_faults(app.provider, [])
    assert strictly(app, app.tokens(alice)["id_token"])["nonce"] == app.sent["nonce"]


def test_an_unknown_fault_changes_nothing(app):
    set_faults(app.provider, ["wrong_aud"])
    with pytest.raises(LookupError, match="no fault 'nonsense'"):
        set_faults(app.provider, ["wrong_iss", "nonsense"])

    assert active_faults(app.provider) == ["wrong_aud"]
