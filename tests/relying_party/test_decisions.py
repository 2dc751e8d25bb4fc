"""The shop's decisions about logins, called by themselves: each value that is compared, each moment, two at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from labsrv.kit.store import URI, open_store
from labsrv.labs.oidc.by_hand import with_the_public_key, without_signature
from labsrv.provider.rows.signing import key_pair, public_jwk
from labsrv.relying_party.secure.account_for import account_for
from labsrv.relying_party.secure.authorization_request import authorization_request
from labsrv.relying_party.secure.browser_cookie import browser_cookie
from labsrv.relying_party.secure.fits import fits, half_hash
from labsrv.relying_party.secure.keep_tokens import keep_tokens
from labsrv.relying_party.secure.link import link
from labsrv.relying_party.secure.new_transaction import new_transaction
from labsrv.relying_party.secure.profile_of import profile_of
from labsrv.relying_party.secure.read_id_token import read_id_token
from labsrv.relying_party.secure.take_transaction import take_transaction
from labsrv.relying_party.secure.trusts import trusts
from labsrv.relying_party.secure.unlink import unlink

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
IDP, CLIENT = "http://idp.localhost:8000", "tea-shop"
ASKED = {"provider": "idp", "iss": IDP, "return_to": "/", "max_age": None, "acr_values": "", "link": None}


@pytest.fixture
def db(monkeypatch):
    monkeypatch.delenv(URI, raising=False)
    db = open_store()
    db.identities.create_index([("iss", 1), ("sub", 1)], unique=True)
    yield db
    db.close()


def at_once(many, do):
    """Return what comes of doing the same thing in so many threads."""
    with ThreadPoolExecutor(many) as threads:
        return [each.result() for each in [threads.submit(do) for _ in range(many)]]


def test_each_login_has_secrets_of_its_own():
    rows = [new_transaction("b", ASKED, NOW) for _ in range(100)]
    drawn = [row[name] for row in rows for name in ("_id", "nonce", "verifier")]

    assert len(set(drawn)) == 300 and all(43 <= len(each) <= 128 for each in drawn)
    assert all(row["browser"] == "b" and row["until"] == NOW + timedelta(minutes=10) for row in rows)


def test_a_request_asks_for_what_is_needed():
    row = {**ASKED, "_id": "s", "nonce": "n", "verifier": "v", "max_age": 0, "acr_values": "two"}
    asked = authorization_request({"client_id": CLIENT, "redirect_uri": "http://shop/callback"}, row, "c")

    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "http://shop/callback",
        "scope": "openid profile email",
        "state": "s",
        "nonce": "n",
        "code_challenge": "c",
        "code_challenge_method": "S256",
        "max_age": "0",
        "acr_values": "two",
    }


ANSWERS = {
    "the right one": ({}, "b", 0, True),
    "at the last moment": ({}, "b", 599.9, True),
    "too late": ({}, "b", 600, False),
    "another browser": ({}, "c", 0, False),
    "no browser": ({}, "", 0, False),
    "another state": ({"state": "t"}, "b", 0, False),
    "no state": ({"state": None}, "b", 0, False),
    "an empty state": ({"state": ""}, "b", 0, False),
    "another issuer": ({"iss": "http://social.localhost:8000"}, "b", 0, False),
    "an issuer with a slash": ({"iss": f"{IDP}/"}, "b", 0, False),
    "an issuer in capitals": ({"iss": IDP.upper()}, "b", 0, False),
    "no issuer": ({"iss": None}, "b", 0, False),
    "an error": ({"code": None, "error": "access_denied"}, "b", 0, True),
}


@pytest.mark.parametrize(("changes", "browser", "after", "good"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_belongs_to_one_login(db, changes, browser, after, good):
    db.transactions.insert_one({**ASKED, "_id": "s", "browser": "b", "until": NOW + timedelta(minutes=10)})
    db.transactions.insert_one({**ASKED, "_id": "other", "browser": "d", "until": NOW + timedelta(minutes=10)})
    answer = {
        name: each for name, each in ({"state": "s", "code": "x", "iss": IDP} | changes).items() if each is not None
    }
    found = take_transaction(db.transactions, browser, answer, NOW + timedelta(seconds=after))

    assert (found is not None and found["_id"] == "s") == good
    if answer.get("state") == "s":
        assert db.transactions.count_documents({}) == 1, "Whatever comes of it, it was taken."
        assert take_transaction(db.transactions, "b", {"state": "s", "iss": IDP}, NOW) is None


def test_an_answer_that_comes_twice_at_once_is_taken_once(db):
    db.transactions.insert_one({**ASKED, "_id": "s", "browser": "b", "until": NOW + timedelta(minutes=10)})
    taken = at_once(8, lambda: take_transaction(db.transactions, "b", {"state": "s", "iss": IDP}, NOW))

    assert len([each for each in taken if each]) == 1


@pytest.mark.parametrize("said", ["", None, 7, [IDP], f"{IDP}/", IDP[:-1], IDP.upper(), IDP.replace("http", "https")])
def test_metadata_of_another_issuer_are_not_believed(said):
    assert trusts({"issuer": IDP}, IDP)
    assert not trusts({"issuer": said}, IDP) and not trusts({}, IDP)


PRIVATE = {"rsa": key_pair("test", "RS256"), "ec": key_pair("test", "ES256"), "other": key_pair("test other", "ES256")}
KEYS = [
    public_jwk(PRIVATE["rsa"], "RS256") | {"kid": "rsa", "alg": "RS256"},
    public_jwk(PRIVATE["ec"], "ES256") | {"kid": "ec", "alg": "ES256"},
]


def made(*, key="ec", alg="ES256", header=None, without=(), **changes):
    now = datetime.now(UTC)
    claims = {"iss": IDP, "sub": "1", "aud": CLIENT, "iat": now, "exp": now + timedelta(minutes=10), "nonce": "n"}
    said = {name: each for name, each in (claims | changes).items() if name not in without}
    kind = {name: each for name, each in ({"kid": key, "typ": "JWT"} | (header or {})).items() if each is not None}
    return jwt.encode(said, PRIVATE[key], alg, headers=kind)


def test_good_tokens_are_read():
    for token in (made(), made(key="rsa", alg="RS256"), made(aud=[CLIENT]), made(azp=CLIENT), made(sub="x" * 255)):
        assert read_id_token(token, KEYS, IDP, CLIENT)["nonce"] == "n"


PLAIN = {"iss": IDP, "sub": "1", "aud": CLIENT, "iat": 1, "exp": 1 << 33}
HOSTILE_TOKENS = {
    "no signature": lambda: without_signature(PLAIN),
    "the public key for a secret": lambda: with_the_public_key(PLAIN, KEYS[0]),
    "somebody else's key under the name of ours": lambda: made(key="other", header={"kid": "ec"}),
    "a key that nobody published": lambda: made(key="other"),
    "no name of a key": lambda: made(header={"kid": None}),
    "the other key's name": lambda: made(header={"kid": "rsa"}),
    "a key that it brings": lambda: made(key="other", header={"jwk": public_jwk(PRIVATE["other"], "ES256")}),
    "another issuer": lambda: made(iss="http://social.localhost:8000"),
    "an issuer with a slash": lambda: made(iss=f"{IDP}/"),
    "a part of the issuer": lambda: made(iss=IDP[:-1]),
    "no issuer": lambda: made(without=["iss"]),
    "another client": lambda: made(aud="tea-club"),
    "a part of the client": lambda: made(aud="tea"),
    "another client as well": lambda: made(aud=[CLIENT, "tea-club"]),
    "another client as well, and we were asked": lambda: made(aud=[CLIENT, "tea-club"], azp=CLIENT),
    "no client": lambda: made(aud=[]),
    "no audience": lambda: made(without=["aud"]),
    "another party": lambda: made(azp="tea-club"),
    "expired": lambda: made(exp=datetime.now(UTC) - timedelta(seconds=1)),
    "without an end": lambda: made(without=["exp"]),
    "from the future": lambda: made(iat=datetime.now(UTC) + timedelta(minutes=5)),
    "without a beginning": lambda: made(without=["iat"]),
    "no subject": lambda: made(without=["sub"]),
    "an empty subject": lambda: made(sub=""),
    "a long subject": lambda: made(sub="x" * 256),
    "an access token": lambda: made(header={"typ": "at+jwt"}),
    "a logout token": lambda: made(header={"typ": "logout+jwt"}),
    "a logout token that says it is any JWT": lambda: made(
        events={"http://schemas.openid.net/event/backchannel-logout": {}}
    ),
    "a type that is a list": lambda: made(header={"typ": ["JWT"]}),
    "cut off": lambda: made()[:-5],
    "two parts": lambda: made().rpartition(".")[0],
    "nothing": lambda: "",
    "no text at all": lambda: "é.é.é",
}


@pytest.mark.parametrize("make", HOSTILE_TOKENS.values(), ids=HOSTILE_TOKENS)
def test_a_hostile_token_is_refused(make):
    with pytest.raises(jwt.PyJWTError):
        read_id_token(make(), KEYS, IDP, CLIENT)


@pytest.mark.parametrize("keys", [[], [{}], [{"kid": "ec"}], [{"kid": "ec", "alg": "ES256"}], KEYS * 2])
def test_odd_keys_open_nothing(keys):
    with pytest.raises(jwt.PyJWTError):
        read_id_token(made(), keys, IDP, CLIENT)


TRANSACTION = {"nonce": "n", "max_age": None, "acr_values": ""}
MOMENT = NOW.timestamp()
FITTING = {
    "as asked": ({"nonce": "n"}, {}, True),
    "no nonce": ({}, {}, False),
    "an empty nonce": ({"nonce": ""}, {}, False),
    "another nonce": ({"nonce": "m"}, {}, False),
    "a longer nonce": ({"nonce": "nn"}, {}, False),
    "a nonce that is a list": ({"nonce": ["n"]}, {}, False),
    "its access token": ({"nonce": "n", "at_hash": half_hash("token")}, {}, True),
    "another access token": ({"nonce": "n", "at_hash": half_hash("another")}, {}, False),
    "an empty hash": ({"nonce": "n", "at_hash": ""}, {}, False),
    "just in time": ({"nonce": "n", "auth_time": MOMENT - 300}, {"max_age": 300}, True),
    "too long ago": ({"nonce": "n", "auth_time": MOMENT - 301}, {"max_age": 300}, False),
    "at no time": ({"nonce": "n"}, {"max_age": 300}, False),
    "at a time that is a text": ({"nonce": "n", "auth_time": str(MOMENT)}, {"max_age": 300}, False),
    "long ago, and nobody asked": ({"nonce": "n", "auth_time": 1}, {}, True),
    "at once": ({"nonce": "n", "auth_time": MOMENT - 1}, {"max_age": 0}, False),
    "with what was asked for": ({"nonce": "n", "acr": "two"}, {"acr_values": "three two"}, True),
    "with less": ({"nonce": "n", "acr": "one"}, {"acr_values": "two"}, False),
    "with a part of it": ({"nonce": "n", "acr": "tw"}, {"acr_values": "two"}, False),
    "with nobody knows what": ({"nonce": "n"}, {"acr_values": "two"}, False),
}


@pytest.mark.parametrize(("claims", "changes", "good"), FITTING.values(), ids=FITTING)
def test_an_id_token_fits_its_login(claims, changes, good):
    assert fits(claims, TRANSACTION | changes, "token", NOW) is good


PROFILES = {
    "all": ({"sub": "1", "name": "Alice", "email": "a@b", "email_verified": True}, {"name": "Alice", "email": "a@b"}),
    "not verified": ({"sub": "1", "email": "a@b", "email_verified": False}, {"name": "", "email": ""}),
    "verified in words": ({"sub": "1", "email": "a@b", "email_verified": "true"}, {"name": "", "email": ""}),
    "more than is needed": ({"sub": "1", "role": "staff", "_id": "x"}, {"name": "", "email": ""}),
    "somebody else": ({"sub": "2", "name": "Bob"}, None),
    "nobody": ({"name": "Bob"}, None),
    "a number": ({"sub": 1}, None),
}


@pytest.mark.parametrize(("userinfo", "wanted"), PROFILES.values(), ids=PROFILES)
def test_a_profile_has_what_is_needed(userinfo, wanted):
    assert profile_of({"sub": "1", "role": "boss"}, userinfo) == wanted


def test_accounts_are_found_by_issuer_and_subject(db):
    first = account_for(db.identities, db.accounts, IDP, {"sub": "1", "email": "a@b", "email_verified": True})
    db.accounts.insert_one({"_id": first, "email": "a@b"})
    known = {"email": "a@b", "email_verified": True}

    assert account_for(db.identities, db.accounts, IDP, {"sub": "1", "email": "new@b", "email_verified": True}) == first
    assert account_for(db.identities, db.accounts, IDP, {"sub": "2", **known}) is None, "reassigned"
    assert account_for(db.identities, db.accounts, "http://social", {"sub": "1", **known}) is None, "elsewhere"
    other = account_for(db.identities, db.accounts, "http://social", {"sub": "1", **known, "email_verified": False})
    assert other not in (None, first)
    assert account_for(db.identities, db.accounts, "http://social", {"sub": "1", **known}) == other


def test_two_first_logins_at_once_come_to_one_account(db):
    with db.gate("identities", readers=4, patience=2):
        found = at_once(4, lambda: account_for(db.identities, db.accounts, IDP, {"sub": "1"}))

    assert len(set(found)) == 1 and db.identities.count_documents({}) == 1


SESSION = {"_id": "session", "account": "alices", "proved_at": NOW}
LINKS = {
    "as asked": ({}, {}, 0, True),
    "in the last second": ({}, {}, 299, True),
    "too long ago": ({}, {}, 300, False),
    "never proved": ({"proved_at": None}, {}, 0, False),
    "another session": ({"_id": "another"}, {}, 0, False),
    "a login, and no link": ({}, {"link": None}, 0, False),
}


@pytest.mark.parametrize(("session", "transaction", "after", "good"), LINKS.values(), ids=LINKS)
def test_an_identity_is_linked_to_who_asked(db, session, transaction, after, good):
    identity = {"iss": IDP, "sub": "1"}
    moment = NOW + timedelta(seconds=after)
    linked = link(db.identities, SESSION | session, {"link": "session"} | transaction, identity, moment)

    assert linked is good and db.identities.count_documents({"account": "alices", **identity}) == good


def test_an_identity_has_one_owner(db):
    identity = {"iss": IDP, "sub": "1"}
    db.identities.insert_one({**identity, "account": "bobs"})

    assert not link(db.identities, SESSION, {"link": "session"}, identity, NOW)
    assert not link(db.identities, None, {"link": None}, identity, NOW)
    assert db.identities.find_one(identity)["account"] == "bobs"


def test_the_last_way_in_stays(db):
    ways = [{"iss": IDP, "sub": each} for each in ("1", "2")]
    for way in ways:
        db.identities.insert_one({**way, "account": "alices"})

    assert not unlink(db.identities, "bobs", ways[0])
    assert unlink(db.identities, "alices", ways[0]) and not unlink(db.identities, "alices", ways[1])
    assert db.identities.count_documents({"account": "alices"}) == 1


def test_of_two_that_are_taken_out_at_once_one_stays(db):
    for _ in range(3):
        db.identities.delete_many({})
        ways = [{"iss": IDP, "sub": each} for each in ("1", "2")]
        for way in ways:
            db.identities.insert_one({**way, "account": "alices"})
        with db.gate("identities", patience=0.2):
            threads = [threading.Thread(target=unlink, args=(db.identities, "alices", way)) for way in ways]
            for each in threads:
                each.start()
            for each in threads:
                each.join()
        assert db.identities.count_documents({"account": "alices"}) >= 1


def test_cookies_are_numbers_for_this_site_alone():
    login = {"account": "alices", "tokens": {"access_token": "secret-token"}, "sid": "sid"}
    (row, cookie), (_, other) = keep_tokens(login, NOW), keep_tokens(login, NOW)

    assert cookie["value"] != other["value"] and len(cookie["value"]) == 43 and cookie["value"] not in str(row)
    for each in (cookie, browser_cookie("x")):
        assert each["key"].startswith("__Host-") and each["secure"] and each["httponly"] and each["path"] == "/"
        assert each["samesite"] == "Lax" and "domain" not in each
